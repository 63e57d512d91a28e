namespace Turbulence.Cli.Tests;

/// <summary>What is skipped is skipped through <see cref="Needs"/>, so that one place knows what the tests need beyond the SDK.</summary>
public sealed class SkippingTests
{
    [Fact]
    public void No_test_is_skipped_but_through_Needs()
    {
        string[] ways = ["Assert." + "Skip", "Skip " + "= \"", "SkipUnless " + "= "];
        Assert.Equal(["Needs"], SourceLines.OfTests().Where(each => ways.Any(each.Line.Contains)).Select(each => each.File).Distinct());
    }
}

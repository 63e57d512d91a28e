using System.Text.RegularExpressions;

namespace Turbulence.Testing.Tests.Manual;

/// <summary>What the manual shows of C# stands in a file that is compiled: in a sample, or here.</summary>
public sealed partial class ManualCodeTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    [Theory]
    [InlineData("docs/testing.md", 0, "samples/testing/Xunit.Tests/FailoverTests.cs")]
    [InlineData("docs/testing.md", 1, "samples/testing/Xunit.Tests/FailoverTests.cs")]
    [InlineData("docs/testing.md", 2, "tests/Turbulence.Testing.Tests/Manual/ManualCode.cs")]
    [InlineData("docs/library.md", 1, "tests/Turbulence.Testing.Tests/Manual/ManualCode.cs")]
    public void A_block_stands_in_a_file_that_is_compiled(string page, int block, string file)
    {
        var shown = Block().Matches(Text(page))[block].Groups[1].Value;

        // What the analyzer of a framework asks for is left out on the page.
        Assert.Contains(Bare(shown), Bare(Text(file).Replace(", TestContext.Current.CancellationToken", "", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Bare(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

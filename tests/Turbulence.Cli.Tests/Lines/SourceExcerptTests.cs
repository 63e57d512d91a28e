using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Cli.Tests.Lines;

public sealed class SourceExcerptTests
{
    [Fact]
    public void Lines_are_found_in_whatever_order_they_are_asked_for()
    {
        var excerpt = new SourceExcerpt(
            "\uFEFF"u8.ToArray().Concat("one\r\ntwo\n\nfour hidden\nfive"u8.ToArray()).ToArray(), SecretMask.Of(["hidden"]));

        Assert.Equal(["    5 | five", "      |   ^"], At(5, 3));
        Assert.Equal(["    1 | one", "      | ^"], At(1, 1));
        Assert.Equal(["    1 | one", "      |  ^"], At(1, 2));
        Assert.Empty(At(1, 2));
        Assert.Empty(At(4, 1));
        Assert.Empty(At(4, 2));
        Assert.Equal(["    2 | two", "      | ^"], At(2, 1));
        Assert.Equal(["    3 | ", "      | ^"], At(3, 1));
        Assert.Empty(At(6, 1));
        Assert.Equal(["    5 | five", "      | ^"], At(5, 1));
        Assert.Equal(["    2 | two", "      |  ^"], At(2, 2));

        IEnumerable<string> At(int line, int column) => excerpt.Of(new Problem("/x", new SourcePosition(line, column), "m"));
    }
}

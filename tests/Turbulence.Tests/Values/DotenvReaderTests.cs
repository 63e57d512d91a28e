using CsCheck;
using Turbulence.Documents;
using Turbulence.Variables;

namespace Turbulence.Tests.Values;

public sealed class DotenvReaderTests
{
    [Theory]
    [InlineData("A=1", "A", "1", "A", "1")]
    [InlineData("  A=1  ", "A", "1", "A", "1")]
    [InlineData("A=b=c", "A", "b=c", "A", "b=c")]
    [InlineData("A=", "A", "", "A", "")]
    [InlineData("A='b c'", "A", "b c", "A", "'b c'")]
    [InlineData("A=\"b\\n\\\"c\\\" \\$x \\q\"", "A", "b\n\"c\" $x \\q", "A", "\"b\\n\\\"c\\\" \\$x \\q\"")]
    [InlineData("A='b\\n'", "A", "b\\n", "A", "'b\\n'")]
    [InlineData("A=b # comment", "A", "b", "A", "b # comment")]
    [InlineData("A=b#c", "A", "b#c", "A", "b#c")]
    [InlineData("A='b' # comment", "A", "b", "A", "'b' # comment")]
    [InlineData("A=#c", "A", "", "A", "#c")]
    [InlineData("export A=1", "A", "1", "export A", "1")]
    [InlineData("exported=1", "exported", "1", "exported", "1")]
    [InlineData("A = 1", "A", "1", "A ", " 1")]
    public void Section_4_6_A_line_in_both_modes(string line, string name, string value, string theirName, string theirValue)
    {
        var problems = Json.NoProblems();

        var ours = new DotenvReader(Compatibility.None, problems).Read(line, "x.env");
        var theirs = new DotenvReader(Compatibility.ChaosToolkit, problems).Read(line, "x.env");

        Assert.Equal(new KeyValuePair<string, string>(name, value), Assert.Single(ours));
        Assert.Equal(new KeyValuePair<string, string>(theirName, theirValue), Assert.Single(theirs));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public void Section_4_6_Blank_and_comment_lines_are_skipped(Compatibility mode)
    {
        var problems = Json.NoProblems();

        var entries = new DotenvReader(mode, problems).Read("\r\n# A=1\r\n  \n\tB=2\r\n", "x.env");

        Assert.Equal(new KeyValuePair<string, string>("B", "2"), Assert.Single(entries));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public void Section_4_6_A_line_without_an_equals_sign_is_a_problem_and_no_crash(Compatibility mode)
    {
        var problems = Json.NoProblems();

        var entries = new DotenvReader(mode, problems).Read("A=1\nhunter2\nB=2", "x.env");

        Assert.Equal(["A", "B"], entries.Select(entry => entry.Key));
        Assert.Equal("variable file 'x.env': line 2 has no '='; expected NAME=value", Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("=1", "line 1 has no proper name before the '='")]
    [InlineData("A B=1", "line 1 has no proper name before the '='")]
    [InlineData("A='b' c", "line 1 has text after the closing quote")]
    [InlineData("A='b", "line 1 opens a quote that is never closed")]
    public void What_is_wrong_with_a_line_is_told(string line, string message)
    {
        var problems = Json.NoProblems();

        var entries = new DotenvReader(Compatibility.None, problems).Read(line + "\nB=2\n", "x.env");

        Assert.Equal("B", Assert.Single(entries).Key);
        Assert.Equal("variable file 'x.env': " + message, Assert.Single(problems).Message);
    }

    [Fact]
    public void A_quoted_value_may_span_lines()
    {
        var problems = Json.NoProblems();

        var entries = new DotenvReader(Compatibility.None, problems).Read("K=\"-----BEGIN\nab\n-----END\" # key\nB=2\nC", "x.env");

        Assert.Equal([new("K", "-----BEGIN\nab\n-----END"), new("B", "2")], entries);
        Assert.StartsWith("variable file 'x.env': line 5 ", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public void Any_text_is_read_without_a_throw_and_names_are_fit_for_an_environment(Compatibility mode)
    {
        Gen.OneOf("A", "=", "'", "\"", "\\", "\n", "#", " ", "export ", "\0", "é").Array[0, 30].Select(string.Concat).Sample(
            text => Assert.All(
                new DotenvReader(mode, Json.NoProblems()).Read(text, "x"),
                entry => Assert.True(entry.Key.Length > 0
                    && !entry.Key.Contains('\0', StringComparison.Ordinal)
                    && !entry.Value.Contains('\0', StringComparison.Ordinal))),
            iter: 500);
    }
}

using Turbulence.Cli.Wizard.Answers;

namespace Turbulence.Cli.Tests.Wizard.Answers;

public sealed class CommandAnswerTests
{
    [Theory]
    [InlineData("ls", "ls")]
    [InlineData("  ls   -l\t/tmp ", "ls", "-l", "/tmp")]
    [InlineData("sh -c 'a b'", "sh", "-c", "a b")]
    [InlineData("""say "it's \"so\"" ''""", "say", "it's \"so\"", "")]
    [InlineData("a''b 'c'\"d\"", "ab", "cd")]
    [InlineData("'a b' 'x|y;$z'", "a b", "x|y;$z")]
    [InlineData("run --filter=a#b", "run", "--filter=a#b")]
    [InlineData("~/bin/stop now", "~/bin/stop", "now")]
    public void Plain_words_are_a_program_and_its_arguments(string line, params string[] words)
    {
        Assert.True(CommandAnswer.TryRead(line, out var provider, out var problem), problem);
        Assert.Equal("process", (string?)provider["type"]);
        Assert.Equal(words.AsEnumerable(), (provider["arguments"]?.AsArray() ?? [])
            .Select(word => (string)word!)
            .Prepend((string)provider["path"]!));
    }

    [Theory]
    [InlineData("kill $(cat primary.pid)")]
    [InlineData("kill \"$(cat primary.pid)\"")]
    [InlineData("a | b")]
    [InlineData("a && b")]
    [InlineData("a > b")]
    [InlineData("rm *.pid")]
    [InlineData("A=1 b")]
    [InlineData("a ~/b")]
    [InlineData("a # b")]
    [InlineData("a `b`")]
    public void What_means_more_than_its_letters_goes_through_a_shell(string line)
    {
        Assert.True(CommandAnswer.TryRead(line, out var provider, out var problem), problem);
        Assert.Equal(
            OperatingSystem.IsWindows() ? ["/c", line] : ["-c", line], provider["arguments"]!.AsArray().Select(word => (string)word!));
    }

    [Theory]
    [InlineData("", "a command is expected")]
    [InlineData("   ", "a command is expected")]
    [InlineData("''", "a command is expected")]
    [InlineData("a 'b", "a quote is not closed")]
    [InlineData("a \"b\\\"", "a quote is not closed")]
    public void What_is_no_command_is_told_why(string line, string expected)
    {
        Needs.That(!OperatingSystem.IsWindows() || !line.Contains('\\', StringComparison.Ordinal), "there the backslash is a letter");
        Assert.False(CommandAnswer.TryRead(line, out _, out var problem));
        Assert.Equal(expected, problem);
    }
}

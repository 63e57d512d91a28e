using System.Text.RegularExpressions;

namespace Turbulence.Cli.Tests;

/// <summary>Sentences that are put together of our words and of those of others are still sentences.</summary>
public sealed partial class SentenceTests
{
    [Theory]
    [InlineData("$\"cannot be read: {failure.Message}; set it\"", true)]
    [InlineData("$\"cannot be read: {failure.Message.TrimEnd('.')}; set it\"", false)]
    [InlineData("$\"cannot be read: {failure.Message}\"", false)]
    public void A_full_stop_before_a_semicolon_is_found(string line, bool isFound) => Assert.Equal(isFound, FullStop().IsMatch(line));

    [Fact]
    public void What_others_say_loses_its_full_stop_where_the_sentence_goes_on() => Assert.Equal([], Lines(FullStop()));

    [Theory]
    [InlineData("$\"its program ended with {output.Status}\"", true)]
    [InlineData("$\"the program ended: {status}\"", true)]
    [InlineData("$\"the program {status.AsVerb()}\"", false)]
    [InlineData("$\"ended with exit code {status.ExitCode}\"", false)]
    public void A_status_that_brings_a_second_verb_is_found(string line, bool isFound) => Assert.Equal(isFound, SecondVerb().IsMatch(line));

    [Fact]
    public void How_a_process_ended_is_told_with_one_verb() => Assert.Equal([], Lines(SecondVerb()));

    private static string[] Lines(Regex rule) =>
        [.. SourceLines.All().Where(each => rule.IsMatch(each.Line)).Select(each => $"{each.File}: {each.Line.Trim()}")];

    // What a system or a library says often ends with a full stop: "Access to the path is denied.; do it by hand".
    [GeneratedRegex("""\$".*(Message|[pP]roblem)!?\}[;,]""")]
    private static partial Regex FullStop();

    [GeneratedRegex("""\$".*ended(:| with)( status)? \{[a-z.]*[sS]tatus\}""")]
    private static partial Regex SecondVerb();
}

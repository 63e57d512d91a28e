using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Reports.Formats;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Tests.Formats;

/// <summary>Whatever stands in a journal, a report is what it is, and says nothing that nobody has said.</summary>
public sealed class HostileNamesTests
{
    public static TheoryData<string> Texts =>
    [
        "a | b", "`code`", "``", "<script>alert(1)</script>", "]]>", "line\nbreak\r\nand\ttab", "\0\u0001\u001b[31m\u0085\u2028", "\uFFFE\uFFFF",
        "@everyone #1 https://evil.example www.evil.example", "\"quotes\" 'and' \\ backslashes \\n", "-- > x <!--", "\u202Egnirts\u2066", "1. one", "- dash", "",
        "  blanks  ", "{\"a\":1}", "😀 é 中", "${{ secrets.TOKEN }}", "${x}", "%0A::error::x", "***", "![x](y)", new string('x', 100_000), "a\\|b",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_report_with_such_a_text_everywhere_is_whole(string text)
    {
        var report = new Report([Samples.ReadText(Journal(text), $"{text}.json"), Samples.ReadText("{", $"{text}.json")]) { Folder = "/srv" };
        Schema.Hold(Samples.Write("junit", report), "junit");
        Schema.Hold(Samples.Write("trx", report), "trx");
        PrometheusText.Parse(Samples.Write("prometheus", report));
        using var sarif = JsonDocument.Parse(Samples.Write("sarif", report));
        HoldMarkdown(Samples.Write("markdown", report), text);
    }

    [Theory]
    [InlineData("a | b", "a \\| b")]
    [InlineData("<b>", "\\<b\\>")]
    [InlineData("@team", "@<!-- -->team")]
    [InlineData("see #12", "see \\#<!-- -->12")]
    [InlineData("http://x", "http:<!-- -->//x")]
    [InlineData("www.x", "www<!-- -->.x")]
    [InlineData("1. one 2. two", "1\\. one 2. two")]
    [InlineData("- dash - dash", "\\- dash - dash")]
    [InlineData("a\nb", "a b")]
    [InlineData("\u001b[0m", "\\x1b[0m")]
    [InlineData(null, "")]
    public void Markdown_shows_a_text_as_it_is(string? text, string shown) => Assert.Equal(shown.Replace("\\x1b[", "\\\\x1b\\[", StringComparison.Ordinal), MarkdownText.Of(text));

    [Theory]
    [InlineData("x", "`x`")]
    [InlineData("a`b", "`` a`b ``")]
    [InlineData("``", "``` `` ```")]
    [InlineData("a|b", "`a\\|b`")]
    [InlineData("a\nb", "`a b`")]
    [InlineData("", "")]
    public void Markdown_shows_code_as_it_is(string text, string shown) => Assert.Equal(shown, MarkdownText.Code(text));

    [Fact]
    public void A_command_to_repeat_it_is_one_command_whatever_the_file_is_called()
    {
        Assert.Equal("chaos run --seed 7 'it'\\''s; rm -rf $HOME.yaml'", Command("it's; rm -rf $HOME.yaml"));
        Assert.Equal("chaos run --seed 7 -- --help", Command("--help"));
        Assert.Equal("chaos run --seed 7 a/b.yaml", Command("a/b.yaml"));
        Assert.Null(Command("a\nb.yaml"));
        Assert.Null(Command(""));

        static string? Command(string source) => RepeatCommand.Of(new Runs.ReportedRun("j") { Source = source, Seed = 7 });
    }

    [Fact]
    public void What_is_longer_than_anybody_reads_is_cut()
    {
        var report = new Report([Samples.ReadText(Journal(new string('x', 300_000)), "j")]);
        Assert.All(ReportFormats.All, format => Assert.InRange(Samples.Write(format.Name, report).Length, 1, 20_000_000));
        Assert.InRange(Samples.Write("markdown", report).Length, 1, 200_000);
    }

    private static void HoldMarkdown(string markdown, string text)
    {
        var lines = markdown.Split('\n');

        // Nothing of the text is a line of its own, a heading, HTML or a cell.
        Assert.All(lines, line => Assert.True(
            line.Length == 0 || line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("### ", StringComparison.Ordinal)
                || line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("| ", StringComparison.Ordinal)
                || line.StartsWith("|-", StringComparison.Ordinal) || line.StartsWith("To repeat", StringComparison.Ordinal)
                || line.StartsWith("The journal does", StringComparison.Ordinal) || line.StartsWith("2026-", StringComparison.Ordinal),
            line));
        Assert.DoesNotContain("<script>", Regex.Replace(markdown, "(`+).*?\\1", ""), StringComparison.Ordinal);
        Assert.DoesNotContain(markdown, static c => char.IsControl(c) && c != '\n');
        var cells = 0;
        foreach (var line in lines.Where(static line => line.StartsWith('|')))
        {
            var count = line.Replace("\\\\", "", StringComparison.Ordinal).Replace("\\|", "", StringComparison.Ordinal).Count(static c => c == '|');
            cells = line.StartsWith("|-", StringComparison.Ordinal) || cells == 0 ? count : cells;
            Assert.True(count == cells || text.Contains('\\', StringComparison.Ordinal), line);
            cells = lines[Math.Min(lines.Length - 1, Array.IndexOf(lines, line) + 1)].StartsWith('|') ? cells : 0;
        }
    }

    // Every text of a journal that is anybody's own.
    private static string Journal(string text)
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File("passed")))!;
        var ours = journal["turbulence"]!;
        var experiment = journal["experiment"]!;
        (experiment["title"], experiment["description"], experiment["tags"]) = (text, text, new JsonArray(text));
        (ours["source"], ours["version"], ours["compatibility"], ours["run"]) = (text, text, text, text);
        (ours["reasons"], ours["notes"]) = (new JsonArray(text), new JsonArray(text));
        ours["machine"]!["host"] = text;
        var fault = ours["faults"]![0]!;
        foreach (var key in (string[])["id", "kind", "activity", "undo", "by", "problem", "lost"])
        {
            fault[key] = text;
        }

        (fault["targets"], fault["state"], fault["effect"]!["text"], fault["confirmation"]!["text"]) = (new JsonArray(text), "reverted", text, text);
        var users = ours["users"]!;
        (users["bottleneck"], users["tolerance"], users["tolerance_met"], users["faults"]![0]!["id"]) = (text, text, false, text);
        users["outcomes"]![text] = 5;
        foreach (var line in ours["timeline"]!.AsArray())
        {
            if (line!["name"] is not null)
            {
                line["name"] = text;
            }
        }

        foreach (var entry in journal["run"]!.AsArray())
        {
            (entry!["activity"]!["name"], entry["activity"]!["type"], entry["output"]) = (text, text, text);
            (entry["status"], entry["exception"], entry["tolerance_met"]) = ("failed", new JsonArray(text), false);
        }

        return journal.ToJsonString();
    }
}

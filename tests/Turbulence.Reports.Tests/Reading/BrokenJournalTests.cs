using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Interruptions;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Reading;

public sealed class BrokenJournalTests
{
    private const string Least = """{"status":"completed","run":[""";

    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData(" \n ", "it is empty")]
    [InlineData("[]", "it holds no JSON object, as a journal does")]
    [InlineData("{}", "it is no journal: it has neither 'steady_states' nor 'run' nor 'turbulence'")]
    [InlineData("""{"title":"t","method":[]}""", "it is an experiment and no journal: 'chaos run' writes one")]
    [InlineData("{\"run\":[\n{]", "not JSON: line 2, byte 2")]
    [InlineData("hello", "not JSON: line 1, byte 1")]
    [InlineData("""{"run":[]} {}""", "not JSON: line 1, byte 12")]
    public void What_is_no_journal_is_told_in_one_line(string text, string problem)
    {
        var reading = Read(text);
        Assert.False(reading.IsRead);
        Assert.Equal(problem, reading.Problem);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_told_too()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("it is not there", JournalReader.Read(folder["none.json"]).Problem);
        Assert.Equal("it is not there", JournalReader.Read(folder["none/none.json"]).Problem);
        Assert.Equal("it is a folder", JournalReader.Read(folder.Path).Problem);
        Assert.Equal("it has no name", JournalReader.Read("").Problem);
        Assert.NotNull(JournalReader.Read("a\0b").Problem);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_journal_that_is_cut_anywhere_is_a_problem_and_no_run(string name)
    {
        var whole = File.ReadAllBytes(Samples.File(name)).AsSpan().TrimEnd("\n"u8).ToArray();
        var step = Math.Max(1, whole.Length / 500);
        for (var length = 0; length < whole.Length; length += step)
        {
            using var text = new MemoryStream(whole, 0, length);
            Assert.False(JournalReader.Read(text, name).IsRead, $"cut after {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_stands_in_the_place_of_a_value_nothing_is_thrown(string name)
    {
        var text = File.ReadAllText(Samples.File(name));
        JsonNode?[] others = [null, 7, "text", true, 1e300, new JsonArray(1, new JsonArray()), new JsonObject { ["at"] = "x" }];
        var count = Inner(JsonNode.Parse(text)!).Count;
        var step = Math.Max(1, count / 150);
        for (var i = 0; i < count; i += step)
        {
            var journal = JsonNode.Parse(text)!;
            Inner(journal)[i].ReplaceWith(others[i / step % others.Length]?.DeepClone());
            var reading = Read(journal.ToJsonString());
            Assert.True(reading.IsRead || reading.Problem.Length > 0);
        }
    }

    [Fact]
    public void What_is_no_UTF_8_and_half_a_surrogate_pair_are_shown_as_characters_that_stand_for_such()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes("""{"run":[{"activity":{"name":"a"""), 0xFF, .. Encoding.UTF8.GetBytes("""b\u0041\ud800"},"output":"\udc00x"}]}""")];
        using var stream = new MemoryStream(text);
        var run = JournalReader.Read(stream, "j").Run!;
        Assert.Equal("a\uFFFDbA\uFFFD", run.Activities[0].Name);
        Assert.Equal("\uFFFDx", run.Activities[0].Output);
    }

    [Fact]
    public void A_key_that_is_written_with_escapes_or_broken_is_no_trouble()
    {
        byte[] text = [.. "{\"\\u0072un\":[{\"activity\":{\"\\ud800\":1,\"na\\u006de\":\"n\"},\"\xFF\":2}], \""u8, 0xFE, .. "\":1}"u8];
        using var stream = new MemoryStream(text);
        Assert.Equal("n", JournalReader.Read(stream, "j").Run!.Activities.Single().Name);
    }

    [Fact]
    public void Texts_of_another_encoding_are_told_and_a_mark_in_front_is_none()
    {
        using var utf16 = new MemoryStream(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray());
        Assert.StartsWith("not JSON: line 1", JournalReader.Read(utf16, "j").Problem, StringComparison.Ordinal);
        using var marked = new MemoryStream(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("""{"run":[]}""")).ToArray());
        Assert.True(JournalReader.Read(marked, "j").IsRead);
    }

    [Fact]
    public void What_is_nested_deeper_than_a_journal_is_told()
    {
        Assert.True(Read($"{Least}{{\"output\":{new string('[', 900)}{new string(']', 900)}}}]}}").IsRead);
        Assert.StartsWith(
            "not JSON: line 1", Read($"{Least}{{\"output\":{new string('[', 100_000)}{new string(']', 100_000)}}}]}}").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_is_shortened_whatever_it_is()
    {
        var run = Read($$"""{{Least}}{"output":"{{new string('x', 3_000_000)}}"},{"output":[{{string.Join(',', Enumerable.Repeat("\"y\\n😀\"", 100_000))}}]},{"output":null},{"output":"{{new string('\\', 4000)}}"}]}""").Run!;
        Assert.Equal(new string('x', 300) + "…", run.Activities[0].Output);
        Assert.InRange(run.Activities[1].Output!.Length, 299, 301);
        Assert.StartsWith("""["y\n\uD83D\uDE00","y""", run.Activities[1].Output, StringComparison.Ordinal);
        Assert.Null(run.Activities[2].Output);
        Assert.Equal(new string('\\', 300) + "…", run.Activities[3].Output);
    }

    [Fact]
    public void Entries_that_a_control_put_there_are_kept_beside_those_of_the_timeline()
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File("passed")))!;
        var before = Samples.Run("passed").Activities.Count;
        ((JsonArray)journal["run"]!).Add((JsonNode)new JsonObject { ["activity"] = new JsonObject { ["name"] = "added" }, ["status"] = "failed" });
        ((JsonArray)journal["run"]!).Add((JsonNode)17);
        var run = Read(journal.ToJsonString()).Run!;
        Assert.Equal(before + 2, run.Activities.Count);
        var added = run.Activities.Single(one => one.Name == "added");
        Assert.Equal((RunPhase.Method, ActivityStatus.Failed), (added.Phase, added.Status));
    }

    [Fact]
    public void A_verdict_that_nobody_knows_is_no_pass()
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File("passed")))!;
        journal["turbulence"]!["verdict"] = "splendid";
        Assert.Equal(ReportedVerdict.Failed, Read(journal.ToJsonString()).Run!.Verdict);
        journal["turbulence"]!.AsObject().Remove("verdict");
        Assert.Equal(ReportedVerdict.Unfinished, Read(journal.ToJsonString()).Run!.Verdict);
    }

    [Fact]
    public void A_fault_that_was_not_seen_to_be_taken_back_needs_a_person_whatever_else_the_journal_says()
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File("passed")))!;
        journal["turbulence"]!["faults"]![0]!["state"] = "reverted";
        Assert.True(Read(journal.ToJsonString()).Run!.NeedsAPerson);
    }

    private static JournalReading Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return JournalReader.Read(stream, "journal.json");
    }

    private static List<JsonNode> Inner(JsonNode node)
    {
        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject map => map.Select(static member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        return [.. inner.OfType<JsonNode>().SelectMany(static one => (IEnumerable<JsonNode>)[one, .. Inner(one)])];
    }
}

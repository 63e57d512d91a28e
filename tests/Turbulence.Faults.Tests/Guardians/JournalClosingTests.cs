using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Guardians;

namespace Turbulence.Faults.Tests.Guardians;

public sealed class JournalClosingTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("""{"title":"t","turbulence":{"version":"1"},"end":1.50}""")]
    [InlineData("""{"a":{"turbulence":{"x":1}},"turbulence":{"a":[{"guardian":1}]}}""")]
    [InlineData("""{"title":"t","turbulence":null}""")]
    [InlineData("{ \"title\": \"\\u00fc \\\" turbulence { \" , \"n\": 1e400 }")]
    public void The_entry_is_put_in_and_nothing_else_is_changed(string journal)
    {
        File.WriteAllText(room["j"], journal);
        Assert.Null(Closing().Write(room["j"]));
        var text = File.ReadAllText(room["j"]);
        Assert.Equal("why", text.Contains("\"turbulence\":null", StringComparison.Ordinal)
            ? JsonNode.Parse(text.Replace(",\"turbulence\":null", "", StringComparison.Ordinal))!["turbulence"]!["guardian"]![
                "reason"]!.GetValue<string>()
            : JsonNode.Parse(text)!["turbulence"]!["guardian"]!["reason"]!.GetValue<string>());
        var kept = journal.Where(letter => !char.IsWhiteSpace(letter)).ToArray();
        Assert.Contains(new string(kept)[^10..], text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(room.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"title\": ")]
    [InlineData("[]")]
    [InlineData("""{"turbulence":{"guardian":{}}}""")]
    public void What_is_no_whole_journal_stays_as_it_is(string journal)
    {
        File.WriteAllText(room["j"], journal);
        Assert.NotNull(Closing().Write(room["j"]));
        Assert.Equal(journal, File.ReadAllText(room["j"]));
    }

    [Fact]
    public void A_journal_that_is_not_there_is_told() => Assert.NotNull(Closing().Write(room["none"]));

    [Fact]
    public void Each_fault_keeps_its_one_entry_which_is_brought_up_to_date_in_the_shape_that_the_run_wrote()
    {
        const string Journal = """
            {
              "title": "t",
              "turbulence": {
                "version": "1",
                "faults": [
                  {"id": "other", "state": "confirmed", "by": null},
                  {
                    "id": "fault",
                    "kind": "test.file",
                    "activity": "make a file",
                    "state": "active",
                    "effect": { "seen": true, "text": "it is there" },
                    "confirmation": null,
                    "by": null,
                    "lost": "it was gone for a while",
                    "over_unseen": true,
                    "times": { "planned": "2026-11-22T13:22:05+00:00", "active": "2026-11-22T13:22:06+00:00" }
                  }
                ],
                "timeline": [
                  {"at":0,"event":"run-started"}
                ]
              }
            }
            """;
        File.WriteAllText(room["j"], Journal);
        var known = Records.Fault(state: FaultState.Confirmed) with
        {
            Effect = new Evidence(true, "it is there"),
            RevertedBy = "its guardian",
        };

        Assert.Null(new JournalClosing(
            DateTimeOffset.UnixEpoch, "why", [known, Records.Fault("late", state: FaultState.Reverting)], []).Write(room["j"]));

        var text = File.ReadAllText(room["j"]);
        var faults = JsonNode.Parse(text)!["turbulence"]!["faults"]!.AsArray();
        Assert.Equal(["other", "fault", "late"], faults.Select(fault => (string?)fault!["id"]));
        var fault = faults[1]!;
        Assert.Equal(("confirmed", "its guardian"), ((string?)fault["state"], (string?)fault["by"]));
        Assert.Equal("""{"seen":true,"text":"it is gone"}""", fault["confirmation"]!.ToJsonString());
        Assert.Equal(("it was gone for a while", true), ((string?)fault["lost"], (bool?)fault["over_unseen"]));
        Assert.Equal(["planned", "active", "confirmed"], fault["times"]!.AsObject().Select(time => time.Key));
        Assert.Equal("1970-01-01T00:00:00+00:00", (string?)fault["times"]!["confirmed"]);
        Assert.Equal(("reverting", null), ((string?)faults[2]!["state"], (string?)faults[2]!["by"]));
        Assert.Contains("""{"id": "other", "state": "confirmed", "by": null},""", text, StringComparison.Ordinal);
        Assert.EndsWith(Journal[Journal.IndexOf("""    "timeline""", StringComparison.Ordinal)..], text, StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse(text)!["turbulence"]!["guardian"]!["faults"]);
    }

    [Theory]
    [InlineData("""{"turbulence":{"faults":[],"version":"1"}}""")]
    [InlineData("""{"turbulence":{"version":"1"}}""")]
    [InlineData("""{"turbulence":{"faults":[7,{"no":"id"}],"version":"1"}}""")]
    public void A_fault_of_which_the_run_has_told_nothing_gets_an_entry(string journal)
    {
        File.WriteAllText(room["j"], journal);
        Assert.Null(Closing().Write(room["j"]));
        var faults = JsonNode.Parse(File.ReadAllText(room["j"]))!["turbulence"]!["faults"]!.AsArray();
        Assert.Equal(("fault", "active"), ((string?)faults[^1]!["id"], (string?)faults[^1]!["state"]));
    }

    private static JournalClosing Closing() => new(DateTimeOffset.UnixEpoch, "why", [Records.Fault()], []);
}

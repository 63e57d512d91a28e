using System.Text.Json.Nodes;
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
        Assert.Null(JournalClosing.Write(room["j"], Entry()));
        var text = File.ReadAllText(room["j"]);
        Assert.Equal("why", text.Contains("\"turbulence\":null", StringComparison.Ordinal)
            ? JsonNode.Parse(text.Replace(",\"turbulence\":null", "", StringComparison.Ordinal))!["turbulence"]!["guardian"]!["reason"]!.GetValue<string>()
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
        Assert.NotNull(JournalClosing.Write(room["j"], Entry()));
        Assert.Equal(journal, File.ReadAllText(room["j"]));
    }

    [Fact]
    public void A_journal_that_is_not_there_is_told() => Assert.NotNull(JournalClosing.Write(room["none"], Entry()));

    private static JsonObject Entry() => JournalClosing.Entry(DateTimeOffset.UnixEpoch, "why", [Records.Fault()], []);
}

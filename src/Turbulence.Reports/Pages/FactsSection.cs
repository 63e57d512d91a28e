using System.Globalization;
using System.Text;
using System.Text.Json;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>Where and how a run was made, and how it is made again.</summary>
internal sealed class FactsSection(HtmlText html, ReportedRun run, string key)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        RunPage.Heading(html, "How to do it again", $"{key}again");
        html.Open("dl", ("class", "facts"));
        if (RepeatCommand.Of(run) is { } command)
        {
            html.Element("dt", "command").Open("dd").Element("code", command).Close("dd");
        }

        Fact("experiment", run.Source);
        Fact("seed", run.Seed?.ToString(CultureInfo.InvariantCulture));
        Fact("machine", string.Join(", ", new[]
        {
            run.Machine.Host, run.Machine.Platform, run.Machine.Processors is { } count ? Wording.Count(count, "processor", "processors")
                : null, run.Machine.Runtime,
        }.OfType<string>()));
        Fact("program", run.Version is { } version ? (run.IsReference ? $"chaoslib {version}" : $"Turbulence {version}") : null);
        Fact("run", run.RunId);
        Fact("rules", run.Compatibility);
        Fact("rollbacks", run.RollbacksPlayed is { } played ? $"{(played ? "played" : "not played")}: {run.RollbacksReason}" : null);
        Fact("tags", run.Tags.Count > 0 ? string.Join(", ", run.Tags) : null);
        html.Close("dl");
        if (run.Description is { Length: > 0 } description)
        {
            html.Element("p", description);
        }

        if (!run.Experiment.IsEmpty)
        {
            html.Open("details").Element("summary", "The experiment, as the journal has it")
                .Open("pre", ("tabindex", "0")).Element("code", Indented(run.Experiment)).Close("pre").Close("details");
        }
    }

    private void Fact(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            html.Element("dt", name).Element("dd", text);
        }
    }

    private static string Indented(ReadOnlyMemory<byte> json)
    {
        const int Most = 200_000;
        using var document = JsonDocument.Parse(json);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Indented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            document.WriteTo(writer);
        }

        var text = Encoding.UTF8.GetString(bytes.ToArray());
        return text.Length <= Most ? text : text[..Most] + "\n(the rest stands in the journal)";
    }
}

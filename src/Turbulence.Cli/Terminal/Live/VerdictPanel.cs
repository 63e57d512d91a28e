using Spectre.Console;
using Spectre.Console.Rendering;
using Turbulence.Cli.Lines;
using Turbulence.Events;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>The last thing that a run shows: what it has shown, and why.</summary>
internal static class VerdictPanel
{
    /// <summary>The panel of a run that ended.</summary>
    /// <param name="ended">The run's last event.</param>
    /// <param name="felt">What its users felt, one line each.</param>
    /// <param name="closing">What the program ends with, and what it has written.</param>
    /// <param name="glyphs">The signs.</param>
    public static IRenderable Of(RunEnded ended, IReadOnlyList<string> felt, RunClosing closing, Glyphs glyphs)
    {
        var outcome = ended.Outcome;
        var style = outcome switch
        {
            { NeedsAPerson: true } => Look.Bad,
            { Verdict: Verdict.Passed } => Look.Good,
            { Verdict: Verdict.Deviated or Verdict.Failed } => Look.Bad,
            _ => Look.Watch,
        };
        var body = new List<IRenderable>();
        foreach (var reason in outcome.Reasons)
        {
            body.Add(new Row(0, glyphs.Note, style).Text(reason));
        }

        foreach (var note in outcome.Notes.Except(felt))
        {
            body.Add(new Row(0, glyphs.Note, Look.Quiet).Text(note, Look.Quiet));
        }

        // What the system is for stands out, whatever the verdict.
        body.AddRange(felt.Select(line => new Row(0, glyphs.Note, Look.Heading).Text(line)));

        foreach (var fault in outcome.Faults)
        {
            var (sign, look) = fault.IsOutstanding ? (glyphs.Missed, Look.Bad) : (glyphs.Done, Look.Quiet);
            body.Add(new Row(0, sign, look).Text(FaultLines.Summary(fault, outcome.Status == RunStatus.Interrupted), look));
        }

        if (outcome.NeedsAPerson)
        {
            body.Add(new Row(0, "", Look.Bad).Text(
                "Something that was injected could not be confirmed as taken back: somebody has to look.", Look.Bad));
        }

        foreach (var file in closing.Files)
        {
            body.Add(file.Problem is null
                ? new Row(0, glyphs.Note, Look.Quiet).Text(file.Text, Look.Quiet)
                : new Row(0, glyphs.Missed, Look.Bad).Text(file.Text, Look.Bad));
        }

        body.Add(new Row(0, "", Look.Quiet).Text($"exit code {closing.ExitCode}, took {DurationText.Of(ended.Duration)}", Look.Quiet));
        return new Panel(new Rows(body))
        {
            Header = new PanelHeader($" {outcome.Word} "),
            Border = glyphs == Glyphs.Unicode ? BoxBorder.Rounded : BoxBorder.Ascii,
            BorderStyle = style,
        };
    }
}

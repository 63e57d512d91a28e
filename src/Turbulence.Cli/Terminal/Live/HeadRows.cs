using System.Globalization;
using Spectre.Console.Rendering;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>The rows that head a run and its stages.</summary>
internal static class HeadRows
{
    /// <summary>The title of the run, where it comes from, and what is unusual about it.</summary>
    public static IEnumerable<IRenderable> Of(RunStarted started, Glyphs glyphs)
    {
        yield return Heading(started.Experiment.Title);
        yield return new Row(0, "", Look.Quiet).Text(started.Experiment.Source, Look.Quiet);
        if (started.Options.Dry != DryMode.None)
        {
            var left = started.Options.Dry.ToString().ToLower(CultureInfo.InvariantCulture);
            yield return new Row(0, glyphs.Alert, Look.Watch).Text($"rehearsal (dry {left})", Look.Watch);
        }
    }

    /// <summary>The head of one check of the steady state.</summary>
    public static Row Of(HypothesisStarted started) => Heading($"Steady state: {started.Title}").Text(
        started.Phase switch
        {
            RunPhase.Gate => "  before the method",
            RunPhase.After => "  after the method",
            _ => "  after the rollbacks",
        },
        Look.Quiet);

    /// <summary>The head of a stage.</summary>
    public static Row Heading(string text) => new Row(0, "", Look.Heading).Text(text, Look.Heading);
}

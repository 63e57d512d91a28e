using System.Globalization;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>
/// The time of a run from left to right. Places are parts of the width, so that a picture fits every screen and is zoomed by being wider.
/// </summary>
/// <param name="end">When it ends, in seconds from the start of the run.</param>
internal sealed class TimeAxis(double end)
{
    private const int MostTicks = 10;

    /// <summary>When it ends, in seconds from the start of the run.</summary>
    public double End { get; } = end > 0 ? end : 1;

    /// <summary>That of a run: until all that is known of it is over.</summary>
    public static TimeAxis Of(ReportedRun run) => new(Latest(run).DefaultIfEmpty(0).Max());

    /// <summary>Where a time is, as an attribute has it: <c>12.34%</c>.</summary>
    public string At(double seconds) => Percent(Math.Clamp(seconds, 0, End) / End);

    /// <summary>How wide a span is; a span without a length is a hair wide.</summary>
    public string Width(double from, double to) =>
        Percent(Math.Max(0.0008, (Math.Clamp(to, 0, End) - Math.Clamp(from, 0, End)) / End));

    /// <summary>Times that are easy to read.</summary>
    public IEnumerable<double> Ticks()
    {
        var step = Step(End / MostTicks);
        for (var number = 0; number * step <= End; number++)
        {
            yield return number * step;
        }
    }

    /// <summary>A time in as few digits as tell it from the next tick: <c>1.5 s</c>, <c>2 min</c>.</summary>
    public string Name(double seconds) => End < 180 ? $"{Digits(seconds)} s" : $"{Digits(seconds / 60)} min";

    private static string Digits(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(double part) => (100 * part).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private static IEnumerable<double> Latest(ReportedRun run)
    {
        yield return run.Duration ?? 0;
        foreach (var activity in run.Activities)
        {
            yield return activity.End ?? activity.Begin ?? 0;
        }

        foreach (var phase in run.Phases)
        {
            yield return phase.End ?? phase.Begin;
        }

        foreach (var service in run.Services.SelectMany(static service => service.Changes))
        {
            yield return service.At;
        }

        foreach (var fault in run.Faults)
        {
            yield return fault.Times.Confirmed ?? fault.Times.Reverted ?? fault.Times.Active ?? 0;
        }
    }

    // One, two or five of a power of ten; in minutes for what takes minutes.
    private double Step(double least)
    {
        var unit = End < 180 ? 1 : 60;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least / unit)));
        return unit * power * (least / unit / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }
}

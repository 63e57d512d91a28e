using System.Globalization;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal.Live;
using Turbulence.Load;
using Turbulence.Load.Outcomes;

namespace Turbulence.Cli.Terminal;

/// <summary>Shows a load while it goes on, where somebody sits at a terminal; elsewhere it says nothing.</summary>
internal static class LoadDisplay
{
    private const int Columns = 40;
    private const string Bars = "▁▂▃▄▅▆▇█";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows it until it has ended.</summary>
    /// <param name="sending">Ends with it.</param>
    /// <param name="generator">Sends it.</param>
    /// <param name="around">Where it is shown.</param>
    public static async Task ShowAsync(Task sending, LoadGenerator generator, Surroundings around)
    {
        if (!around.IsTerminal)
        {
            return;
        }

        using var screen = LiveTerminal.OpenScreen(around.Error, out var glyphs);
        List<double> rates = [];
        var last = generator.Current;
        while (await Task.WhenAny(sending, Task.Delay(Pace, around.Time)) != sending)
        {
            var now = generator.Current;
            var seconds = (now.Elapsed - last.Elapsed).TotalSeconds;
            if (seconds <= 0)
            {
                continue;
            }

            rates.Add((Ended(now) - Ended(last)) / seconds);
            if (rates.Count > Columns)
            {
                rates.RemoveAt(0);
            }

            last = now;
            screen.Draw([], Rows(now, rates, glyphs, around.Time.GetUtcNow()));
        }

        screen.Draw([], []);
    }

    private static List<Row> Rows(LoadResult now, List<double> rates, Glyphs glyphs, DateTimeOffset moment)
    {
        var rows = new List<Row>
        {
            new Row(0, glyphs.Spin(moment), Look.Busy) { Cut = true }
                .Text(LoadText.Whole(now), now.Lost > 0 ? Look.Bad : Look.Heading)
                .Text(string.Create(CultureInfo.InvariantCulture, $"  {rates[^1]:N0}/s  "), Look.Quiet)
                .Text(glyphs == Glyphs.Unicode ? Sparkline(rates) : "", Look.Busy),
            new Row(2, "", Look.Quiet) { Cut = true }
                .Text(
                    $"p50 {LoadWords.Time(now.Latency.P50)}  p99 {LoadWords.Time(now.Latency.P99)}  longest {LoadWords.Time(now.Latency.Longest)}  in flight {now.InFlight}",
                    Look.Quiet),
        };
        var outcomes = now.Outcomes
            .Where(static one => one.Value > 0)
            .Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value:N0}"));
        rows.Add(new Row(2, "", Look.Quiet) { Cut = true }.Text(string.Join("  ", outcomes)));
        return rows;
    }

    private static string Sparkline(List<double> rates)
    {
        var most = Math.Max(1, rates.Max());
        return string.Concat(rates.Select(rate => Bars[(int)Math.Round(rate / most * (Bars.Length - 1))]));
    }

    private static long Ended(LoadResult result) => result.Intended - result.InFlight;
}

using System.Text;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>
/// What the file beside a journal says of each request of a load, <c>due_ns,sent_ns,ended_ns,outcome</c>, as much of it as a picture can
/// show: it is read once, and what is kept does not grow with it.
/// </summary>
internal sealed class RequestSamples
{
    /// <summary>How many columns the time of the load is divided into.</summary>
    public const int Columns = 240;

    /// <summary>The quickest that is told from quicker ones, in milliseconds.</summary>
    public const double Least = 0.1;

    /// <summary>The slowest that is told from slower ones, in milliseconds.</summary>
    public const double Most = 100_000;

    // A hundredth of the picture's height each.
    private const int Steps = 600;
    private const int MostOutcomes = 64;
    private const int MostDots = 8000;
    private const int DotColumns = 600;
    private const int DotRows = 140;

    private static readonly double Decades = Math.Log10(Most / Least);

    private readonly double elapsed;
    private readonly List<byte[]> outcomes;
    private readonly int[][] counts;
    private readonly int[][] latencies = new int[Columns][];
    private HashSet<(int Column, int Row, int Outcome)> dots = [];
    private int wide = 1;

    private RequestSamples(IReadOnlyList<string> outcomes, double elapsed)
    {
        this.elapsed = elapsed;
        this.outcomes = [.. outcomes.Take(MostOutcomes).Select(Encoding.UTF8.GetBytes)];
        counts = [.. this.outcomes.Select(static _ => new int[Columns])];
    }

    /// <summary>How many requests were read.</summary>
    public long Requests { get; private set; }

    /// <summary>How many requests of an outcome were due in a column.</summary>
    public int Count(int outcome, int column) => outcome < counts.Length ? counts[outcome][column] : 0;

    /// <summary>
    /// Each place in which there is a request, as parts of the width and of the height, and its outcome. The places are the wider the more
    /// there are, so that no part of the time is left out.
    /// </summary>
    public IEnumerable<(double Time, double Height, int Outcome)> Dots() => dots.Select(dot => (
        ((dot.Column + 0.5) * wide / DotColumns, (dot.Row + 0.5) * wide / DotRows, dot.Outcome)));

    /// <summary>How long a part of the requests of a column took at most, in milliseconds; null for a column without one.</summary>
    public double? Percentile(int column, double part)
    {
        if (latencies[column] is not { } steps)
        {
            return null;
        }

        var left = Math.Max(1, (long)Math.Ceiling(part * steps.Sum(static step => (long)step)));
        for (var step = 0; step < Steps; step++)
        {
            left -= steps[step];
            if (left <= 0)
            {
                return Milliseconds((step + 0.5) / Steps);
            }
        }

        return Most;
    }

    /// <summary>Where a latency is from the bottom to the top, as a part of the height.</summary>
    public static double Height(double milliseconds) => Math.Clamp(Math.Log10(Math.Max(milliseconds, Least) / Least) / Decades, 0, 1);

    /// <summary>The latency at a part of the height.</summary>
    public static double Milliseconds(double height) => Least * Math.Pow(10, Decades * height);

    /// <summary>Reads the file of a load.</summary>
    /// <param name="journal">The journal's file; the other one is in the folder beside it.</param>
    /// <param name="load">The load.</param>
    /// <returns>What it says; null where there is none that could be read.</returns>
    public static RequestSamples? Read(string journal, ReportedLoad load)
    {
        if (load.Samples is not { } named || load.Elapsed is not > 0)
        {
            return null;
        }

        var samples = new RequestSamples([.. load.Outcomes.Select(static one => one.Outcome)], load.Elapsed.Value);
        return SideFileLines.TryRead(journal, named, samples.Take) && samples.Requests > 0 ? samples : null;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (Number(ref line) is not { } due || Number(ref line) is null || Number(ref line) is not { } ended
            || Find(line.TrimEnd((byte)'\r')) is not { } outcome)
        {
            return;
        }

        Requests++;
        var part = Math.Clamp(due / 1e9 / elapsed, 0, 0.999_999);
        var column = (int)(part * Columns);
        counts[outcome][column]++;
        var height = Height((ended - due) / 1e6);
        (latencies[column] ??= new int[Steps])[(int)(height * (Steps - 1))]++;
        dots.Add(((int)(part * DotColumns) / wide, (int)(height * (DotRows - 1)) / wide, outcome));
        if (dots.Count > MostDots)
        {
            wide *= 2;
            dots = [.. dots.Select(static dot => (dot.Column / 2, dot.Row / 2, dot.Outcome))];
        }
    }

    private int? Find(ReadOnlySpan<byte> outcome)
    {
        for (var number = 0; number < outcomes.Count; number++)
        {
            if (outcome.SequenceEqual(outcomes[number]))
            {
                return number;
            }
        }

        return null;
    }

    private static double? Number(ref ReadOnlySpan<byte> line)
    {
        long number = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == ',' && at is > 0 and < 19)
            {
                line = line[(at + 1)..];
                return number;
            }

            if (line[at] is < (byte)'0' or > (byte)'9')
            {
                return null;
            }

            number = (10 * number) + (line[at] - '0');
        }

        return null;
    }
}

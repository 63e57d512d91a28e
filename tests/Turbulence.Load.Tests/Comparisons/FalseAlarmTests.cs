using System.Globalization;
using Turbulence.Load.Meters;

namespace Turbulence.Load.Tests.Comparisons;

/// <summary>
/// Two phases of one service that nothing was done to, ten thousand times in all: at most one in twenty comparisons may find a difference.
/// Every tenth of them is made, or every one that <c>COMPARISON_STRIDE</c> says; <c>benchmarks/comparison.sh</c> makes all, and prints what
/// is found where there is a difference.
/// </summary>
public sealed class FalseAlarmTests(ITestOutputHelper output)
{
    private const double Most = 0.05;
    private const int Comparisons = 10_000;

    private static readonly int Stride =
        int.TryParse(
            Environment.GetEnvironmentVariable("COMPARISON_STRIDE"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var stride) && stride > 0 ? stride : 10;

    private static readonly (string Name, SimulatedService Service)[] Services =
    [
        ("independent", new SimulatedService { Lost = 0.01 }),
        ("AR(1), 0.3", new SimulatedService { Likeness = 0.3, Lost = 0.01 }),
        ("AR(1), 0.6", new SimulatedService { Likeness = 0.6, Lost = 0.01 }),
        ("AR(1), 0.8", new SimulatedService { Likeness = 0.8, Lost = 0.01 }),
        ("AR(1), 0.9", new SimulatedService { Likeness = 0.9, Lost = 0.01 }),
        ("AR(1), 0.97", new SimulatedService { Likeness = 0.97, Lost = 0.01 }),
        ("bursts", new SimulatedService { Bursts = 0.05, Lost = 0.001 }),
        ("rare bursts", new SimulatedService { Bursts = 0.01 }),
    ];

    // Tenths of a second before and in a fault, and requests in each.
    private static readonly (int Before, int During, int Requests)[] Shapes = [(50, 50, 10), (100, 50, 50), (300, 100, 10), (600, 200, 20)];

    [Fact]
    public void At_most_one_in_twenty_comparisons_of_alike_with_alike_finds_a_difference()
    {
        output.WriteLine(
            $"{"service",-14}{"seconds",12}{"a second",10}   alarms of those that could be compared (share that could): error_rate, p50, p90, p99");
        List<string> tooMany = [];
        Dictionary<string, (int Alarms, int All)> sums = new(StringComparer.Ordinal);
        foreach (var (name, service) in Services)
        {
            foreach (var shape in Shapes)
            {
                var found = Compare(service, service, shape, Comparisons / Services.Length / Shapes.Length);
                output.WriteLine(Row(name, shape, found));
                foreach (var one in found)
                {
                    var (alarms, all) = sums.GetValueOrDefault(one.Figure);
                    sums[one.Figure] = (alarms + one.Alarms, all + one.All);
                }

                tooMany.AddRange(found
                    .Where(static one => one.Alarms > Allowed(one.All))
                    .Select(one => $"{name} {shape}: {one.Alarms} of {one.All} comparisons of {one.Figure} found a difference"));
            }
        }

        output.WriteLine(
            $"alarms of all comparisons: {string.Join(", ", sums.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {100.0 * one.Value.Alarms / one.Value.All:0.0} %")))}");
        Assert.Empty(tooMany);
        Assert.All(sums, static one => Assert.True(one.Value.Alarms <= one.Value.All * Most, $"{one.Key}: {one.Value}"));
    }

    [Fact]
    public void What_is_different_is_found_the_more_often_the_more_it_differs()
    {
        output.WriteLine(
            $"{"difference",-14}{"seconds",12}{"a second",10}   found (share that could be compared): error_rate, p50, p90, p99");
        var calm = new SimulatedService { Likeness = 0.3, Lost = 0.001 };
        List<double> median = [];
        foreach (var (name, other) in new (string, SimulatedService)[]
        {
            ("5 %, 0.5 %", calm with { Slower = 1.05, Lost = 0.005 }), ("10 %, 1 %", calm with { Slower = 1.1, Lost = 0.01 }),
            ("20 %, 2 %", calm with { Slower = 1.2, Lost = 0.02 }),
            ("50 %, 5 %", calm with { Slower = 1.5, Lost = 0.05 }), ("100 %, 10 %", calm with { Slower = 2, Lost = 0.1 }),
        })
        {
            foreach (var shape in Shapes)
            {
                var found = Compare(calm, other, shape, 500);
                output.WriteLine(Row(name, shape, found));
                median.Add((double)found[1].Alarms / found[1].Compared);
            }
        }

        Assert.True(median[^1] > 0.95 && median[^2] > 0.95, string.Join(' ', median));
        Assert.True(median[^1] >= median[3], string.Join(' ', median));
    }

    // So many may be alarms where one in twenty is, by chance alone: three standard deviations above.
    private static double Allowed(int comparisons) => (comparisons * Most) + (3 * Math.Sqrt(comparisons * Most * (1 - Most)));

    private static string Row(
        string name,
        (int Before, int During, int Requests) shape,
        IReadOnlyList<(string Figure, int Compared, int Alarms, int All)> found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-14}{$"{shape.Before / 10}, {shape.During / 10}",12}{shape.Requests * 10,10}   {string.Join("  ", found.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{(one.Compared == 0 ? 0 : 100.0 * one.Alarms / one.Compared),5:0.0} % ({100.0 * one.Compared / one.All,3:0} %)")))}");

    private static List<(string Figure, int Compared, int Alarms, int All)> Compare(
        SimulatedService before, SimulatedService during, (int Before, int During, int Requests) shape, int comparisons)
    {
        Dictionary<string, (int Compared, int Alarms, int All)> found = new(StringComparer.Ordinal);
        for (var i = 0; i < comparisons; i += Stride)
        {
            var random = new Random(i);
            var first = before.Play(random, shape.Before, shape.Requests);
            foreach (var one in PhaseComparison.Of(during.Play(random, shape.During, shape.Requests), first))
            {
                var (compared, alarms, all) = found.GetValueOrDefault(one.Figure);
                found[one.Figure] = (compared + (one.TooLittle is null ? 1 : 0), alarms + (one.Low > 0 || one.High < 0 ? 1 : 0), all + 1);
            }
        }

        return [.. found.Select(static one => (one.Key, one.Value.Compared, one.Value.Alarms, one.Value.All))];
    }
}

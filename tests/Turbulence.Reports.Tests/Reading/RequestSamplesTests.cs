using System.Globalization;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Reading;

public sealed class RequestSamplesTests
{
    private static readonly ReportedLoad Load = new("users", 1)
    {
        Begin = 0,
        Elapsed = 10,
        Outcomes = [new OutcomeCount("primary", 0), new OutcomeCount("timed_out", 0)],
        Samples = "journal.json.d/1-samples.csv",
    };

    [Fact]
    public void Each_request_is_counted_where_it_was_due()
    {
        // 10 s are 240 columns of 41.7 ms; one request each 10 ms, those of the sixth second lost.
        var samples = Read(Load, [.. Enumerable.Range(0, 1000)
            .Select(number => Line(number * 10, 5, number is >= 500 and < 600 ? "timed_out" : "primary"))])!;
        Assert.Equal(1000, samples.Requests);
        Assert.Equal(900, Enumerable.Range(0, RequestSamples.Columns).Sum(column => samples.Count(0, column)));
        Assert.Equal(100, Enumerable.Range(120, 24).Sum(column => samples.Count(1, column)));
        Assert.Equal(0, samples.Count(1, 119) + samples.Count(1, 144));
    }

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void Percentiles_are_as_exact_as_they_are_drawn(double part, double expected)
    {
        // 1 to 100 ms, all in one column of 40 s; its logarithmic steps are 2.3 % wide.
        var samples = Read(Load with { Elapsed = 9600 }, [.. Enumerable.Range(1, 100).Select(number => Line(number, number, "primary"))])!;
        Assert.InRange(samples.Percentile(0, part)!.Value, expected / 1.024, expected * 1.024);
        Assert.Null(samples.Percentile(1, part));
    }

    [Fact]
    public void A_request_counts_from_when_it_was_due()
    {
        var samples = Read(Load, ["0,900000000,1000000000,primary"])!;
        Assert.InRange(samples.Percentile(0, 0.5)!.Value, 976, 1024);
    }

    [Fact]
    public void Lines_that_are_none_are_left_out()
    {
        var samples = Read(Load, [
            "", ",,,", "1,2,3", "a,b,c,primary", "-1,2,3,primary", "1,2,3,nobody", "99999999999999999999,1,2,primary", "1,2,3,primary,more",
            Line(1, 5, "primary"), new string('x', 300_000),
        ])!;
        Assert.Equal(1, samples.Requests);
    }

    [Theory]
    [InlineData("../secret.csv")]
    [InlineData("/secret.csv")]
    [InlineData("other.json.d/secret.csv")]
    [InlineData("..")]
    [InlineData("")]
    public void Only_what_is_in_the_folder_beside_the_journal_is_read(string samples)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["secret.csv"], [Line(1, 5, "primary")]);
        Directory.CreateDirectory(folder["journal.json.d"]);
        Assert.Null(RequestSamples.Read(folder["journal.json"], Load with { Samples = samples }));
    }

    [Fact]
    public void What_is_kept_does_not_grow_with_the_file()
    {
        var samples = Read(Load, [.. Enumerable.Range(0, 60_000).Select(number =>
            Line(number % 10_000, 0.2 * Math.Pow(1.01, number % 997), "primary"))])!;
        Assert.Equal(60_000, samples.Requests);
        var dots = samples.Dots().ToList();
        Assert.InRange(dots.Count, 1_000, 8_000);

        // And no tenth of the time is left out.
        Assert.Equal(10, dots.Select(static dot => (int)(10 * dot.Time)).Distinct().Count());
    }

    private static RequestSamples? Read(ReportedLoad load, string[] lines)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["journal.json.d"]);
        File.WriteAllLines(folder["journal.json.d/1-samples.csv"], ["due_ns,sent_ns,ended_ns,outcome", .. lines]);
        return RequestSamples.Read(folder["journal.json"], load);
    }

    private static string Line(long dueMilliseconds, double tookMilliseconds, string outcome) => string.Create(
        CultureInfo.InvariantCulture,
        $"{dueMilliseconds * 1_000_000},{dueMilliseconds * 1_000_000},{(long)((dueMilliseconds + tookMilliseconds) * 1_000_000)},{outcome}");
}

using CsCheck;
using RandomNumbers.RandServer;

namespace RandomNumbers.Tests.RandServer;

public sealed class UniformDrawTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(96)]
    public void Every_number_is_drawn_equally_often_both_ends_included(int limit)
    {
        const int DrawsPerNumber = 10_000;
        var random = new Random(20_260_722);
        var counts = new int[limit + 1];
        for (var draw = 0; draw < DrawsPerNumber * counts.Length; draw++)
        {
            counts[UniformDraw.UpTo(limit, random)]++;
        }

        var chiSquare = counts.Sum(count => Math.Pow(count - DrawsPerNumber, 2) / DrawsPerNumber);

        // Its mean is the limit and its deviation the root of twice that: ten deviations are far beyond bad luck.
        Assert.InRange(chiSquare, 0, limit + (10 * Math.Sqrt(2 * limit)));
    }

    [Fact]
    public void Every_limit_up_to_the_largest_is_kept() =>
        Gen
            .Select(Gen.Long[0, long.MaxValue], Gen.Int)
            .Sample((limit, seed) => UniformDraw.UpTo(limit, new Random(seed)) is >= 0 and var drawn && drawn <= limit);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    public void The_largest_limits_draw_from_every_sixteenth_of_the_range(long limit)
    {
        const int Parts = 16;
        var random = new Random(1);
        var counts = new int[Parts];
        for (var draw = 0; draw < 1_000 * Parts; draw++)
        {
            counts[UniformDraw.UpTo(limit, random) >> 59]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 700, 1_300));
    }

    [Fact]
    public void The_lowest_bit_of_the_largest_draw_is_as_often_set_as_not()
    {
        var random = new Random(2);
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => long.IsOddInteger(UniformDraw.UpTo(long.MaxValue, random))), 4_500, 5_500);
    }

    [Fact]
    public void A_negative_limit_is_the_callers_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UniformDraw.UpTo(-1, new Random(1)));
}

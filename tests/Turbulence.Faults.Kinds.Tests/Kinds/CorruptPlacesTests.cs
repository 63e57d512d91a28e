using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class CorruptPlacesTests
{
    private const int Longest = 4096;

    public static TheoryData<long, long> Sizes => new()
    {
        { 1, 1 }, { 7, 3 }, { 511, 511 }, { 513, 2 }, { 10_000, 1 }, { 10_000, 19 }, { 10_000, 20 }, { 10_000, 21 }, { 10_000, 9_999 },
    { 100_003, 50_001 }, { 100_003, 100_003 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void As_many_bytes_as_asked_are_changed_each_once_and_none_in_a_hole(long length, long count)
    {
        foreach (var data in Layouts(length))
        {
            foreach (var places in (ICorruptPlaces[])[new SectorPlaces("a", data, count), new ScatteredPlaces("a", data, count)])
            {
                var bytes = Bytes(places, Longest);
                Assert.Equal(count, bytes.Count);
                Assert.Equal(count, places.Count);
                Assert.Equal(bytes.Select(place => place.Offset).Distinct().Order(), bytes.Select(place => place.Offset));
                Assert.All(bytes, place => Assert.Contains(data, range => range.Start <= place.Offset && place.Offset < range.End));
                Assert.DoesNotContain(bytes, place => place.Mask == 0);
                Assert.Equal(bytes, Bytes(places, 100));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void There_is_one_run_a_sector_at_most_so_that_the_largest_file_is_soon_written(long length, long count)
    {
        foreach (var data in Layouts(length))
        {
            Assert.InRange(new SectorPlaces("a", data, count).Runs(Longest).Count(), 1, length / 512 + 1 + data.Length);
        }
    }

    [Fact]
    public void They_are_spread_over_all_of_it()
    {
        const int Length = 1_000_000;
        foreach (var count in (long[])[10, 1_000, 10_000, 500_000])
        {
            var counts = Bytes(new SectorPlaces("b", [new(0, Length)], count), Longest)
                .CountBy(place => place.Offset * 10 / Length)
                .ToDictionary();
            Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(counts[tenth], count / 10 - 512, count / 10 + 512));
            Assert.All(Enumerable.Range(0, 10), tenth => Assert.True(counts[tenth] > 0));
        }
    }

    // A fault that is in is taken back by another process, perhaps of the next version: neither way may ever become another one.
    [Fact]
    public void Which_bytes_they_are_never_changes()
    {
        FileRange[] data = [new(0, 100), new(5_000, 6_000)];
        Assert.Equal("49:23 5178:1b 5418:b4 5543:50 5686:f7 5905:ca", Text(new ScatteredPlaces("golden", data, 6)));
        Assert.Equal(
            "5193:ac 5194:21 5195:05 5196:df 5329:a5 5330:0d 5331:9e 5332:37 5636:e7 5637:97 5638:4b 5639:22",
            Text(new SectorPlaces("golden", data, 12)));
    }

    private static IEnumerable<FileRange[]> Layouts(long length)
    {
        yield return [new(0, length)];
        if (length > 2)
        {
            yield return [new(4_096, 4_096 + length / 3), new(1 << 20, (1 << 20) + length - length / 3)];
        }
    }

    private static List<(long Offset, byte Mask)> Bytes(ICorruptPlaces places, int longest)
    {
        List<(long, byte)> bytes = [];
        foreach (var (offset, masks) in places.Runs(longest))
        {
            for (var i = 0; i < masks.Length; i++)
            {
                bytes.Add((offset + i, masks.Span[i]));
            }
        }

        return bytes;
    }

    private static string Text(ICorruptPlaces places) =>
        string.Join(' ', Bytes(places, Longest).Select(place => $"{place.Offset}:{place.Mask:x2}"));
}

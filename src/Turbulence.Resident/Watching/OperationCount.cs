using System.Numerics;
using System.Text.Json;

namespace Turbulence.Resident.Watching;

/// <summary>
/// How many there were, how many failed, and how long they took: by eighths of a power of two of microseconds, 12 % apart at the most.
/// </summary>
internal sealed class OperationCount
{
    private const int Parts = 8;

    private readonly long[] buckets = new long[40 * Parts];
    private long count;
    private long errors;

    public void Add(TimeSpan duration, bool failed)
    {
        Interlocked.Increment(ref count);
        if (failed)
        {
            Interlocked.Increment(ref errors);
        }

        Interlocked.Increment(ref buckets[Bucket(duration)]);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("count", Interlocked.Read(ref count));
        json.WriteNumber("errors", Interlocked.Read(ref errors));
        json.WriteStartArray("buckets");
        for (var i = 0; i < buckets.Length; i++)
        {
            if (Interlocked.Read(ref buckets[i]) is > 0 and var many)
            {
                json.WriteNumberValue(i);
                json.WriteNumberValue(many);
            }
        }

        json.WriteEndArray();
    }

    // The power of two, and which eighth of it.
    private int Bucket(TimeSpan duration)
    {
        var microseconds = (ulong)Math.Max(1, duration.TotalMicroseconds);
        var power = BitOperations.Log2(microseconds);
        var part = power < 3 ? 0 : (int)((microseconds - (1UL << power)) >> (power - 3));
        return Math.Min(buckets.Length - 1, (power * Parts) + part);
    }
}

using Turbulence.Telemetry.Settings;
using Turbulence.Values;

namespace Turbulence.Telemetry.Delivery;

/// <summary>Accounts for one signal: what was handed over, and what of it a collector has taken. Thread-safe.</summary>
/// <param name="name">What is counted, in words: <c>spans</c>.</param>
/// <param name="target">Where it goes.</param>
/// <param name="isWhole">Whether each request has all of it, so that the last one alone counts: sums from the beginning of a run.</param>
internal sealed class DeliveryTally(string name, OtlpTarget target, bool isWhole = false)
{
    // What a collector says is shown to people.
    private const int LongestProblem = 200;

    // He may say again what he was sent.
    private readonly SecretMask secrets = SecretMask.Of(target.HeaderValues);
    private readonly Lock gate = new();
    private long given;
    private long taken;
    private string? problem;

    /// <summary>One was handed over, and waits for a request.</summary>
    public void Give()
    {
        lock (gate)
        {
            given++;
        }
    }

    /// <summary>A request leaves, of a signal that has all in each.</summary>
    public void Leave(long count)
    {
        lock (gate)
        {
            (given, taken) = isWhole ? (count, 0) : (given, taken);
        }
    }

    /// <summary>A collector has taken some.</summary>
    /// <param name="count">How many.</param>
    /// <param name="why">Why not all, in words that follow the others; null where it has.</param>
    public void Take(long count, string? why = null)
    {
        lock (gate)
        {
            taken += count;
            problem = why is null ? problem : Shown(why);
        }
    }

    /// <summary>A request did not arrive.</summary>
    public void Fail(string why)
    {
        lock (gate)
        {
            problem = Shown(why);
        }
    }

    /// <summary>What was lost, in one line; null where nothing was.</summary>
    public string? Loss
    {
        get
        {
            lock (gate)
            {
                return taken >= given
                    ? null
                    : $"{given - taken} of {given} {name} were not taken by {target.Shown}: {problem ?? "there was no room, or no time, for them"}";
            }
        }
    }

    private string Shown(string why) => secrets.Mask(why).Shorten(LongestProblem);
}

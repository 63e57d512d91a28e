namespace Turbulence.Telemetry.Delivery;

/// <summary>Accounts for one signal: what was handed over, and what of it a collector has taken. Thread-safe.</summary>
/// <param name="name">What is counted, in words: <c>spans</c>.</param>
/// <param name="endpoint">Where it goes, for people.</param>
internal sealed class DeliveryTally(string name, Uri endpoint)
{
    private readonly Lock gate = new();
    private long taken;
    private string? problem;

    /// <summary>Where it goes, for people: without user and query, which may be secrets.</summary>
    public string Endpoint { get; } = endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>How many were handed over.</summary>
    public long Given => Interlocked.Read(ref given);

    private long given;

    /// <summary>One was handed over.</summary>
    public void Give() => Interlocked.Increment(ref given);

    /// <summary>A collector has taken some.</summary>
    public void Take(long count, string? why)
    {
        lock (gate)
        {
            taken += count;
            problem = why ?? problem;
        }
    }

    /// <summary>A request did not arrive.</summary>
    public void Fail(string why)
    {
        lock (gate)
        {
            problem = why;
        }
    }

    /// <summary>What was lost, in one line; null where nothing was.</summary>
    public string? Loss
    {
        get
        {
            lock (gate)
            {
                return taken >= Given ? null
                    : $"{Given - taken} of {Given} {name} were not taken by {Endpoint}: {problem ?? "they did not fit into the queue, or there was no time for them"}";
            }
        }
    }
}

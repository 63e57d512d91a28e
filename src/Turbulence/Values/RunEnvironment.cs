using System.Collections;

namespace Turbulence.Values;

/// <summary>
/// The environment that the processes of a run start with: that of this process, and over it what the code of activities and controls has
/// set meanwhile. In the reference that is one process, so what a Python activity sets is seen by every later program. Our own environment
/// is never changed. Thread-safe.
/// </summary>
public sealed class RunEnvironment
{
    private const string Ours = "TURBULENCE_";

    private readonly Lock gate = new();
    private readonly Dictionary<string, string?> changes = [];

    /// <summary>Code has set variables, or removed those that come with null. What is named <c>TURBULENCE_…</c> is ours and stays as it is.</summary>
    public void Change(IEnumerable<KeyValuePair<string, string?>> changed)
    {
        lock (gate)
        {
            foreach (var (name, value) in changed)
            {
                if (name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal)
                    && value?.Contains('\0', StringComparison.Ordinal) != true && !name.StartsWith(Ours, StringComparison.Ordinal))
                {
                    changes[name] = value;
                }
            }
        }
    }

    /// <summary>The whole of it with <paramref name="more"/> laid over; null, for an inherited one, where nothing differs from that of this process.</summary>
    /// <param name="more">Further variables; one that is null is removed.</param>
    public IReadOnlyDictionary<string, string>? With(IEnumerable<KeyValuePair<string, string?>> more)
    {
        List<KeyValuePair<string, string?>> over;
        lock (gate)
        {
            over = [.. changes, .. more];
        }

        if (over.Count == 0)
        {
            return null;
        }

        var all = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            all[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        foreach (var (name, value) in over)
        {
            if (value is null)
            {
                all.Remove(name);
            }
            else
            {
                all[name] = value;
            }
        }

        return all;
    }
}

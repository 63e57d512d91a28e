using System.Collections;

namespace Turbulence.Hosts.Workers;

/// <summary>The environment of a worker.</summary>
internal static class WorkerEnvironment
{
    /// <summary>Ours with <paramref name="changes"/>; null, for ours, where there are none.</summary>
    public static IReadOnlyDictionary<string, string>? With(IReadOnlyDictionary<string, string?> changes)
    {
        if (changes.Count == 0)
        {
            return null;
        }

        var all = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            all[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        foreach (var (name, value) in changes)
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

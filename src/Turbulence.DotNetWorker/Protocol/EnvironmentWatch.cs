using System.Collections;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>Sees what user code sets in the environment, so that later processes of the run start with it.</summary>
internal sealed class EnvironmentWatch
{
    private readonly Lock turn = new();
    private Dictionary<string, string?> known = Read();

    /// <summary>Says what has changed since the last time; nothing where nothing has.</summary>
    public void Tell(MessageWriter messages)
    {
        lock (turn)
        {
            var now = Read();
            var changes = now.Where(pair => !known.TryGetValue(pair.Key, out var before) || before != pair.Value)
                .Concat(known.Keys.Where(name => !now.ContainsKey(name)).Select(name => KeyValuePair.Create(name, (string?)null)))
                .ToList();
            if (changes.Count > 0)
            {
                known = now;
                messages.Environment(changes);
            }
        }
    }

    private static Dictionary<string, string?> Read()
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            all[(string)entry.Key] = (string?)entry.Value;
        }

        return all;
    }
}

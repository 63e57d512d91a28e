using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Proxy;

/// <summary>A log of decisions as the seed says it: what two runs with the same seed have in common, byte for byte.</summary>
/// <param name="Lines">What was decided, without what only one run saw, sorted. The first line tells the seed.</param>
/// <param name="Unreadable">How many lines were none; the last one of a program that was killed, for instance.</param>
public sealed record DecisionLines(IReadOnlyList<string> Lines, int Unreadable)
{
    private const string Seen = "seen";
    private const string Seed = "seed";

    /// <summary>Reads the last log of those that stand in a file, one behind the other.</summary>
    /// <param name="lines">The file's lines.</param>
    public static DecisionLines Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var head = "";
        List<string> found = [];
        var unreadable = 0;
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (Parse(line) is not { } decision)
            {
                unreadable++;
                continue;
            }

            decision.Remove(Seen);
            if (decision.ContainsKey(Seed))
            {
                (head, unreadable) = (decision.ToJsonString(), 0);
                found.Clear();
            }
            else
            {
                found.Add(decision.ToJsonString());
            }
        }

        found.Sort(StringComparer.Ordinal);
        return new DecisionLines(head.Length > 0 ? [head, .. found] : found, unreadable);
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

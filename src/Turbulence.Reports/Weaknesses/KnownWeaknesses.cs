using System.Text.Json;

namespace Turbulence.Reports.Weaknesses;

/// <summary>
/// A list of weaknesses that are known, as it stands in a file:
/// <code>{"weaknesses": [{"experiment": "…", "rule": "tolerance-missed", "stage": "method", "activity": "users", "why": "…"}]}</code>
/// A key that nobody knows is a mistake: a misspelt one would expect something else.
/// </summary>
internal sealed class KnownWeaknesses
{
    private static readonly string[] Keys = ["experiment", "rule", "stage", "activity", "why"];

    private KnownWeaknesses(IReadOnlyList<KnownWeakness> all) => All = all;

    /// <summary>All of them, in their order.</summary>
    public IReadOnlyList<KnownWeakness> All { get; }

    /// <summary>Reads a list.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The list, or why there is none, in one line.</returns>
    public static (KnownWeaknesses? List, string? Problem) Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            List<KnownWeakness> all = [];
            return Read(document.RootElement, all) is { } problem ? (null, $"{path}: {problem}") : (new KnownWeaknesses(all), null);
        }
        catch (JsonException mistake)
        {
            return (null, $"{path} is not JSON: line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, failure.Message);
        }
    }

    private static string? Read(JsonElement root, List<KnownWeakness> all)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("weaknesses", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return "it has to be an object with the list 'weaknesses'";
        }

        if (root.EnumerateObject().Select(static one => one.Name).FirstOrDefault(static name => name is not ("weaknesses" or "$schema")) is { } other)
        {
            return $"nobody knows the key '{other}'";
        }

        for (var number = 0; number < list.GetArrayLength(); number++)
        {
            if (Read(list[number], out var weakness) is { } problem)
            {
                return $"/weaknesses/{number}: {problem}";
            }

            if (all.Contains(weakness))
            {
                return $"/weaknesses/{number}: it stands there twice";
            }

            all.Add(weakness);
        }

        return null;
    }

    private static string? Read(JsonElement entry, out KnownWeakness weakness)
    {
        weakness = default;
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return "it has to be an object";
        }

        foreach (var one in entry.EnumerateObject())
        {
            if (!Keys.Contains(one.Name))
            {
                return $"nobody knows the key '{one.Name}'; there are {string.Join(", ", Keys)}";
            }

            if (one.Value.ValueKind != JsonValueKind.String)
            {
                return $"'{one.Name}' has to be a text";
            }
        }

        if (Keys.Take(3).FirstOrDefault(key => !entry.TryGetProperty(key, out _)) is { } missing)
        {
            return $"'{missing}' is missing";
        }

        var rule = entry.GetProperty("rule").GetString();
        if (WeaknessRule.All.FirstOrDefault(one => one.Id == rule) is not { MayBeExpected: true })
        {
            return $"'{rule}' is no rule that may be expected; there are "
                + string.Join(", ", WeaknessRule.All.Where(static one => one.MayBeExpected).Select(static one => one.Id));
        }

        weakness = new KnownWeakness(
            entry.GetProperty("experiment").GetString()!, rule!, entry.GetProperty("stage").GetString()!,
            entry.TryGetProperty("activity", out var activity) ? activity.GetString() : null);
        return null;
    }
}

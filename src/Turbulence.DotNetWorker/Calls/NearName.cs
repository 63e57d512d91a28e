namespace Turbulence.DotNetWorker.Calls;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearName
{
    private const int MostEdits = 2;

    /// <summary>
    /// Of some names the one that the fewest letters tell from <paramref name="name"/>, case left aside; null when none is near.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> names)
    {
        var limit = Math.Min(MostEdits, name.Length / 3);
        return names.Distinct(StringComparer.Ordinal)
            .Where(other => Math.Abs(other.Length - name.Length) <= limit)
            .Select(other => (Name: other, Edits: Edits(name.ToUpperInvariant(), other.ToUpperInvariant())))
            .Where(other => other.Edits <= limit)
            .OrderBy(other => other.Edits).ThenBy(other => other.Name, StringComparer.Ordinal)
            .Select(other => other.Name)
            .FirstOrDefault();
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}

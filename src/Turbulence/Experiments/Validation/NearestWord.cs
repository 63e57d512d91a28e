namespace Turbulence.Experiments.Validation;

/// <summary>Guesses which word was meant by one that nobody knows.</summary>
public static class NearestWord
{
    /// <summary>The known word that is closest to <paramref name="word"/>; null where none is close enough to be meant.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could be meant.</param>
    public static string? Find(string word, IEnumerable<string> known) =>
        known.MinBy(candidate => Distance(word, candidate)) is { } nearest && Distance(word, nearest) <= Allowed(nearest) ? nearest : null;

    private static int Allowed(string word) => word.Length > 5 ? 2 : 1;

    /// <summary>How many letters have to be put in, taken out or exchanged (the Levenshtein distance).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var exchanged = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}

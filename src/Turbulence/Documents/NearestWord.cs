namespace Turbulence.Documents;

/// <summary>Guesses which word was meant by one that nobody knows.</summary>
public static class NearestWord
{
    /// <summary>
    /// The known word that is closest to <paramref name="word"/>; null where none is close enough to be meant. Small and capital letters,
    /// hyphens and underscores make no difference. One slip of the finger is allowed, two in a word of six letters or more that begins
    /// alike. A word that begins with no letter, such as <c>_method</c>, was taken out of use on purpose and means none.
    /// </summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could be meant.</param>
    public static string? Find(string word, IEnumerable<string> known)
    {
        if (word.Length < 2 || !char.IsLetter(word[0]))
        {
            return null;
        }

        var written = Plain(word);
        return known
            .Select(candidate => (candidate, Distance: Distance(written, Plain(candidate)), Allowed: Allowed(written, Plain(candidate))))
            .Where(guess => guess.Distance <= guess.Allowed)
            .OrderBy(guess => guess.Distance)
            .Select(guess => guess.candidate)
            .FirstOrDefault();
    }

    /// <summary>
    /// <c> (did you mean 'port'?)</c>, to stand behind a word that nobody knows; the empty text where nothing is close enough.
    /// </summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could be meant.</param>
    public static string Hint(string word, IEnumerable<string> known) =>
        Find(word, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    private static string Plain(string word) =>
        word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int Allowed(string written, string known) =>
        known.Length > 5 && written.Length > 0 && written[0] == known[0] ? 2 : known.Length > 2 ? 1 : 0;

    /// <summary>
    /// How many letters have to be put in, taken out, exchanged, or swapped with their neighbour (the distance of Damerau and Levenshtein,
    /// where no letter is touched twice).
    /// </summary>
    private static int Distance(string from, string to)
    {
        // Words so long that nobody meant a key are not measured: a hostile file may hold them.
        if (Math.Abs(from.Length - to.Length) > 2)
        {
            return int.MaxValue;
        }

        var before = new int[to.Length + 1];
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var next = new int[to.Length + 1];
            next[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var exchanged = row[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                next[j] = Math.Min(exchanged, 1 + Math.Min(row[j], next[j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                }
            }

            (before, row) = (row, next);
        }

        return row[to.Length];
    }
}

using System.Globalization;

namespace Turbulence.Faults.SystemCalls;

/// <summary>Several things in one sentence.</summary>
internal static class Words
{
    /// <summary><c>accept, connect and openat</c>.</summary>
    public static string List(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    /// <summary><c>1 call</c>, <c>2 calls</c>.</summary>
    public static string Count(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}

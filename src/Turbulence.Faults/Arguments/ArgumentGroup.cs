namespace Turbulence.Faults.Arguments;

/// <summary>Arguments of a kind that exclude each other.</summary>
/// <param name="Names">Their names.</param>
/// <param name="IsNeeded">Whether one of them has to be there.</param>
public sealed record ArgumentGroup(IReadOnlyList<string> Names, bool IsNeeded)
{
    /// <summary>The rule for people: <c>exactly one of bytes and share</c>.</summary>
    public string Text => $"{(IsNeeded ? "exactly" : "at most")} one of {List(Names)}";

    /// <summary>One of them has to be there, and no other.</summary>
    public static ArgumentGroup ExactlyOne(params IReadOnlyList<string> names) => new(names, IsNeeded: true);

    /// <summary>One of them may be there.</summary>
    public static ArgumentGroup AtMostOne(params IReadOnlyList<string> names) => new(names, IsNeeded: false);

    /// <summary>What is wrong with what is given; null for nothing.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="given">Those that are there for certain.</param>
    /// <param name="mayBeMore">Whether others may be there, whose values are not known yet.</param>
    internal string? Problem(string kind, IReadOnlyList<string> given, bool mayBeMore) =>
        given.Count == 1 || (given.Count == 0 && (mayBeMore || !IsNeeded)) ? null
        : $"{kind} takes {Text}; here it is {(given.Count == 0 ? "none" : List(given))}";

    private static string List(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}

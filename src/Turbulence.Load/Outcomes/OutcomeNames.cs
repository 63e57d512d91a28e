namespace Turbulence.Load.Outcomes;

/// <summary>The names of all outcomes of a load, in the order in which they are counted: the classes of answers first.</summary>
public sealed class OutcomeNames
{
    /// <summary>What an answer is called where there are no classes.</summary>
    public const string Ok = "ok";

    /// <summary>What an answer is called that is of none of the classes.</summary>
    public const string Other = "other";

    internal const string Cancelled = "cancelled";

    private static readonly string[] Failures = ["error_status", "wrong_answer", "refused", "reset", "timed_out", "never_sent", Cancelled];

    /// <summary>Of a load with these classes.</summary>
    /// <param name="classes">Their names; none for <see cref="Ok"/> alone.</param>
    /// <exception cref="ArgumentException">A name stands twice, or is one of ours.</exception>
    public OutcomeNames(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Classes = classes.Count == 0 ? [Ok] : [.. classes, Other];
        All = [.. Classes, .. Failures];
        if (All.GroupBy(static name => name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"'{twice.Key}' is the name of another outcome already", nameof(classes));
        }
    }

    /// <summary>The names of classes, the one for all other answers last.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>All names.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Where the outcome of a request stands among all names.</summary>
    public int PlaceOf(in LoadSample sample) =>
        sample.Outcome == RequestOutcome.Answered ? sample.Class : Classes.Count + (int)sample.Outcome - 1;

    /// <summary>Whether a name is one of ours, which no class may have.</summary>
    public static bool IsTaken(string name) => name is Ok or Other || Failures.Contains(name, StringComparer.Ordinal);
}

namespace Turbulence.Load.Outcomes;

/// <summary>
/// Counts why requests were lost. Of each outcome the first few reasons are told apart: what a server answers may be another text each
/// time. It is asked on any thread.
/// </summary>
/// <param name="names">The outcomes.</param>
internal sealed class LossReasons(OutcomeNames names)
{
    /// <summary>How many reasons of an outcome are told apart.</summary>
    public const int Most = 8;

    /// <summary>What all others together are called.</summary>
    public const string Others = "for other reasons";

    private readonly Lock gate = new();
    private readonly Dictionary<string, long>?[] counts = new Dictionary<string, long>?[names.All.Count];

    /// <summary>One was lost.</summary>
    /// <param name="sample">The request.</param>
    /// <param name="reason">Why, in one line.</param>
    public void Add(in LoadSample sample, string reason)
    {
        lock (gate)
        {
            var known = counts[names.PlaceOf(sample)] ??= new Dictionary<string, long>(StringComparer.Ordinal);
            var called = known.Count < Most || known.ContainsKey(reason) ? reason : Others;
            known[called] = known.GetValueOrDefault(called) + 1;
        }
    }

    /// <summary>All until now, by outcome, the most frequent first.</summary>
    public IReadOnlyList<LossReason> ToList()
    {
        lock (gate)
        {
            return [.. counts.Zip(names.All).SelectMany(static place => (place.First ?? [])
                .OrderByDescending(static one => one.Value)
                .ThenBy(static one => one.Key, StringComparer.Ordinal)
                .Select(one => new LossReason(place.Second, one.Key, one.Value)))];
        }
    }
}

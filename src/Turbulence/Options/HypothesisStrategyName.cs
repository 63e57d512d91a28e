namespace Turbulence.Options;

/// <summary>The strategies' names in files and on the command line.</summary>
public static class HypothesisStrategyName
{
    /// <summary>The old misspelling of <c>continuously</c>, which is deprecated and still means it.</summary>
    public const string Misspelt = "continously";

    private static readonly (HypothesisStrategy Strategy, string Name)[] Names =
    [
        (HypothesisStrategy.Default, "default"),
        (HypothesisStrategy.BeforeMethodOnly, "before-method-only"),
        (HypothesisStrategy.AfterMethodOnly, "after-method-only"),
        (HypothesisStrategy.DuringMethodOnly, "during-method-only"),
        (HypothesisStrategy.Continuously, "continuously"),
        (HypothesisStrategy.Skip, "skip"),
    ];

    /// <summary>Every name, in the order of the strategies.</summary>
    public static IEnumerable<string> All => Names.Select(entry => entry.Name);

    /// <summary>The name of <paramref name="strategy"/>.</summary>
    public static string Of(HypothesisStrategy strategy) => Array.Find(Names, entry => entry.Strategy == strategy).Name;

    /// <summary>
    /// The strategy that <paramref name="name"/> names, the reference's old misspelling of <c>continuously</c> included; null for none.
    /// </summary>
    public static HypothesisStrategy? Parse(string name)
    {
        var known = name == Misspelt ? "continuously" : name;
        foreach (var entry in Names)
        {
            if (entry.Name == known)
            {
                return entry.Strategy;
            }
        }

        return null;
    }
}

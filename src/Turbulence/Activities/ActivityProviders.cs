using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Activities;

/// <summary>The providers that a run can use, by the <c>provider.type</c> that names them.</summary>
/// <param name="providers">One provider a type.</param>
public sealed class ActivityProviders(params IEnumerable<IActivityProvider> providers)
{
    private readonly FrozenDictionary<string, IActivityProvider> byType =
        providers.ToFrozenDictionary(provider => provider.Type, StringComparer.Ordinal);

    /// <summary>The types there are, in alphabetical order.</summary>
    public IEnumerable<string> Types => byType.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds the provider of <paramref name="type"/>.</summary>
    public bool TryGet(string type, [NotNullWhen(true)] out IActivityProvider? provider) => byType.TryGetValue(type, out provider);
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Controls;

/// <summary>The control providers that a run can use, by the <c>provider.type</c> that names them.</summary>
/// <param name="providers">One provider a type.</param>
public sealed class ControlProviders(params IEnumerable<IControlProvider> providers)
{
    private readonly FrozenDictionary<string, IControlProvider> byType =
        providers.ToFrozenDictionary(provider => provider.Type, StringComparer.Ordinal);

    /// <summary>No provider: every control is ignored.</summary>
    public static ControlProviders None { get; } = new();

    /// <summary>The types there are, in alphabetical order.</summary>
    public IEnumerable<string> Types => byType.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds the provider of <paramref name="type"/>.</summary>
    public bool TryGet(string type, [NotNullWhen(true)] out IControlProvider? provider) => byType.TryGetValue(type, out provider);
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Faults.Contracts;

/// <summary>The kinds of faults there are, by their names.</summary>
/// <param name="kinds">One for each name.</param>
public sealed class FaultKinds(params IEnumerable<IFaultKind> kinds)
{
    private readonly FrozenDictionary<string, IFaultKind> byName =
        kinds.ToFrozenDictionary(kind => kind.Description.Name, StringComparer.Ordinal);

    /// <summary>All of them, in alphabetical order.</summary>
    public IEnumerable<IFaultKind> All => byName.Values.OrderBy(kind => kind.Description.Name, StringComparer.Ordinal);

    /// <summary>Finds the kind with this name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out IFaultKind? kind) => byName.TryGetValue(name, out kind);
}

namespace Turbulence.Keys;

/// <summary>What stands under names that the writer chooses.</summary>
/// <param name="Place">What a map there is.</param>
internal sealed record NamedValues(PlaceChoice Place)
{
    /// <summary>Whether each has to be a map. Default: no.</summary>
    public bool AreMaps { get; init; }

    /// <summary>Gives what a map is that <see cref="Place"/> does not know; null for a value of the writer's own.</summary>
    public Func<KeyPlace>? Otherwise { get; init; }
}

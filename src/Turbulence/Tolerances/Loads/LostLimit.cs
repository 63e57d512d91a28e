using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Keys;

namespace Turbulence.Tolerances.Loads;

/// <summary><c>lost</c>: how many requests may be lost at most.</summary>
internal sealed class LostLimit : ILoadLimit
{
    /// <inheritdoc/>
    public string Name => LimitKeys.Lost.Name;

    /// <inheritdoc/>
    public string? Problem(JsonNode? limit) =>
        LimitNumber.TryRead(limit, out var most) && LimitKeys.Lost.NumberForm.Allows(most) && double.IsInteger(most)
        ? null
        : "must be a whole number of 0 or more: how many requests may be lost";

    /// <inheritdoc/>
    public string Words(JsonNode limit) => $"lost {AtMost(limit)}";

    /// <inheritdoc/>
    public IEnumerable<LoadFinding> Judge(JsonNode limit, LoadFigures figures)
    {
        yield return figures.Requests == 0
            ? LoadFinding.Unknown(Name, AtMost(limit), "no request was answered or lost")
            : new(Name, AtMost(limit), Measured(figures), figures.Lost <= LimitNumber.Of(limit));
    }

    private static string Measured(LoadFigures figures) =>
        string.Create(CultureInfo.InvariantCulture, $"{figures.Lost:N0} of {LoadFigures.Count(figures.Requests)}");

    private static string AtMost(JsonNode limit) => string.Create(CultureInfo.InvariantCulture, $"at most {LimitNumber.Of(limit):N0}");
}

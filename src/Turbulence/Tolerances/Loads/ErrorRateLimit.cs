using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Keys;

namespace Turbulence.Tolerances.Loads;

/// <summary><c>error_rate</c>: which part of the requests may be lost at most, from 0 to 1.</summary>
internal sealed class ErrorRateLimit : ILoadLimit
{
    /// <inheritdoc/>
    public string Name => LimitKeys.ErrorRate.Name;

    /// <inheritdoc/>
    public string? Problem(JsonNode? limit) => LimitNumber.TryRead(limit, out var most) && LimitKeys.ErrorRate.NumberForm.Allows(most)
        ? null
        : "must be a number from 0 to 1: which part of the requests may be lost";

    /// <inheritdoc/>
    public string Words(JsonNode limit) => $"{Name} {AtMost(limit)}";

    /// <inheritdoc/>
    public IEnumerable<LoadFinding> Judge(JsonNode limit, LoadFigures figures)
    {
        var most = LimitNumber.Of(limit);
        var rate = figures.Requests == 0 ? 0 : (double)figures.Lost / figures.Requests;

        // Of fewer requests than that not one may be lost: that none was says nothing of one in so many.
        var needed = most > 0 ? (long)Math.Ceiling((1 / most) - 1e-9) : 1;
        yield return rate <= most && figures.Requests < needed
            ? LoadFinding.Unknown(Name, AtMost(limit), figures.TooFew(needed))
            : new(Name, AtMost(limit), Percent(rate), rate <= most);
    }

    /// <summary>For people: <c>0.25 %</c>.</summary>
    public static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.####} %");

    private static string AtMost(JsonNode limit) => $"at most {Percent(LimitNumber.Of(limit))}";
}

using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Keys;

namespace Turbulence.Options;

/// <summary>
/// A probe that watches over the method: an entry of <c>runtime.safeguards</c>. Its first miss stops the run, and everything is taken back.
/// Ours; the reference does it with a control.
/// </summary>
/// <param name="Probe">The probe with its tolerance, or a reference to one.</param>
/// <param name="Frequency"><c>frequency</c> in seconds: the gap between the end of one call and the next. Default: 1 s.</param>
public sealed record Safeguard(Activity Probe, TimeSpan Frequency)
{
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The safeguards of a <c>runtime</c> block, in their order; an entry that is none cannot be carried out, and says so where it is.
    /// </summary>
    public static IReadOnlyList<Safeguard> Read(JsonObject runtime) =>
        [.. (runtime["safeguards"] as JsonArray ?? [])
            .Select(static entry => entry as JsonObject ?? [])
            .Select(declaration => new Safeguard(new Activity(declaration), Gap(declaration)))];

    /// <summary>
    /// How long one call of <paramref name="probe"/> may take; null where the probe says so itself. A safeguard that hangs sees nothing.
    /// </summary>
    internal TimeSpan? LimitOf(Activity probe) =>
        probe.Declaration["timeout"] is not null || probe.Provider["timeout"] is not null ? null
        : Frequency > ShortestLimit ? Frequency
        : ShortestLimit;

    private static TimeSpan Gap(JsonObject declaration) =>
        JsonNumbers.TryReadDouble(declaration["frequency"], out var seconds) && ActivityKeys.Frequency.NumberForm.Allows(seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(1);
}

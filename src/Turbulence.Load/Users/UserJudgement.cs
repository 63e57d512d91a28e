using System.Text.Json.Nodes;
using Turbulence.Load.Outcomes;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Load.Users;

/// <summary>
/// Holds what users felt against their tolerance. Where the load itself was the bottleneck, nothing that was measured says anything of the
/// system, but what was lost through no fault of the load.
/// </summary>
internal static class UserJudgement
{
    /// <summary>What is missed, and what nobody knows, one line each.</summary>
    /// <param name="limits">Their tolerance.</param>
    /// <param name="figures">What they felt, as it is written down.</param>
    /// <param name="result">The same.</param>
    public static (IReadOnlyList<string> Missed, IReadOnlyList<string> Unproven) Of(
        JsonObject limits, JsonObject figures, LoadResult result)
    {
        if (result.Bottleneck is not { } bottleneck)
        {
            var findings = LoadLimits.Judge(limits, figures);
            return (Those(findings, false), Those(findings, null));
        }

        var sure = new JsonObject(limits
            .Where(static limit => limit.Key is "lost" or "error_rate")
            .Select(static limit => KeyValuePair.Create(limit.Key, limit.Value?.DeepClone())));
        var lost = new JsonObject
        {
            ["intended"] = result.Intended,
            ["outcomes"] = figures["outcomes"]?.DeepClone(),
            ["lost"] = result.Shortage is null ? result.Lost - result.OwnLost : 0,
        };
        return (Those(LoadLimits.Judge(sure, lost), false), [$"users: what they felt proves nothing more: {bottleneck}"]);

        static IReadOnlyList<string> Those(IReadOnlyList<LoadFinding> all, bool? met) =>
            [.. all.Where(one => one.Met == met).Select(static one => $"users: {one.Text}")];
    }
}

using Turbulence.Options;

namespace Turbulence.Verdicts;

/// <summary>What a run left out on request. It says nothing of the system, so such a run never passes.</summary>
internal static class DryReasons
{
    /// <summary>One line for the run's own dry mode, and one for each activity that asks for it itself.</summary>
    public static IReadOnlyList<string> Of(DryMode mode, IReadOnlyList<(string Name, bool Itself)> leftOut)
    {
        List<string> reasons = [];
        if (mode != DryMode.None)
        {
            var names = leftOut.Where(one => !one.Itself).Select(one => $"'{one.Name}'").ToList();
            reasons.Add(mode == DryMode.Pause
                ? "this was a rehearsal (dry pause): no pause was slept"
                : $"this was a rehearsal (dry {mode.ToString().ToLowerInvariant()}): "
                    + (names.Count == 0 ? "nothing was left out" : $"not carried out: {string.Join(", ", names)}"));
        }

        reasons.AddRange(leftOut.Where(one => one.Itself).Select(one => $"'{one.Name}' was not carried out: its own dry says so"));
        return reasons;
    }
}

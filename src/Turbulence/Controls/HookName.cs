namespace Turbulence.Controls;

/// <summary>
/// The names of the hooks: <c>before_activity</c>, <c>after_method</c> and so on, and those two that stand around the run.
/// </summary>
public static class HookName
{
    /// <summary>Called once for each control, before the run.</summary>
    public const string Configure = "configure";

    /// <summary>Called once for each control, after the run.</summary>
    public const string Cleanup = "cleanup";

    private static readonly string[] Levels = [.. Enum.GetNames<ControlLevel>().Select(name => name.ToLowerInvariant())];

    /// <summary>Every name there is, in the order of a run.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Configure, .. Levels.Select(level => "before_" + level), .. Levels.Select(level => "after_" + level), Cleanup];

    /// <summary>The level's word in documents: its name in lower case.</summary>
    public static string Of(ControlLevel level) => Levels[(int)level];

    /// <summary>The side's word in documents.</summary>
    public static string Of(ControlSide side) => side == ControlSide.Before ? "before" : "after";

    /// <summary>The hook's name.</summary>
    public static string Of(ControlLevel level, ControlSide side) => All[1 + (int)level + (side == ControlSide.After ? Levels.Length : 0)];
}

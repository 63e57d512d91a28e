namespace Turbulence.DotNetWorker.Controls;

/// <summary>What methods are called at which hook.</summary>
internal static class HookName
{
    /// <summary>A control's own validation, which is no hook of the protocol.</summary>
    public const string Validate = "validate";

    private static readonly Dictionary<string, string> Hooks = new(StringComparer.Ordinal)
    {
        ["Configure"] = "configure",
        ["Cleanup"] = "cleanup",
        ["Validate"] = Validate,
        ["BeforeLoadingExperiment"] = "before_loader",
        ["AfterLoadingExperiment"] = "after_loader",
        ["BeforeExperiment"] = "before_experiment",
        ["AfterExperiment"] = "after_experiment",
        ["BeforeHypothesis"] = "before_hypothesis",
        ["AfterHypothesis"] = "after_hypothesis",
        ["BeforeMethod"] = "before_method",
        ["AfterMethod"] = "after_method",
        ["BeforeRollback"] = "before_rollback",
        ["AfterRollback"] = "after_rollback",
        ["BeforeActivity"] = "before_activity",
        ["AfterActivity"] = "after_activity",
    };

    /// <summary>The hook that a method of that name is called at; null for any other method.</summary>
    public static string? Of(string method)
    {
        var name = Without(Without(method, "Async"), "Control");
        return Hooks.GetValueOrDefault(name);
    }

    private static string Without(string name, string ending) =>
        name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;
}

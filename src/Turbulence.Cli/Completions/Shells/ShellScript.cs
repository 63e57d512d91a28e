namespace Turbulence.Cli.Completions.Shells;

/// <summary>
/// What a shell has to be told so that it completes <c>chaos</c>. Each script asks <c>chaos complete</c> at every key, so that it knows
/// what the program knows, whatever its version; what files there are is the shell's own business.
/// </summary>
/// <param name="Shell">The shell's name: the value of <c>chaos completion</c>.</param>
/// <param name="Text">The script.</param>
internal sealed record ShellScript(string Shell, string Text)
{
    /// <summary>Every shell that is known.</summary>
    public static IReadOnlyList<ShellScript> All { get; } = [BashScript.Script, ZshScript.Script, FishScript.Script, PwshScript.Script];
}

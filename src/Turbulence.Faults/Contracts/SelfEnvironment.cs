using System.Collections;

namespace Turbulence.Faults.Contracts;

/// <summary>
/// What this program needs of its environment when it starts itself again, as a guardian or as the child of a stress. The secrets of a run
/// stand in the environment of its runner; its guardian and its children have no use for them, and whoever may read an environment reads
/// theirs, too. An undo that needs an environment has it in its record.
/// </summary>
internal static class SelfEnvironment
{
    private static readonly string[] Names =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH",
        "SystemRoot", "SystemDrive", "windir", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "ProgramData", "PATHEXT", "ComSpec",
    ];

    private static readonly string[] Beginnings = ["DOTNET_", "COMPlus_", "CORECLR_", "TURBULENCE_", "XDG_", "LC_"];

    private static readonly string[] Suspicious = ["TOKEN", "SECRET", "PASS", "KEY", "CREDENTIAL", "AUTH"];

    /// <summary>The variables, with their values.</summary>
    public static Dictionary<string, string> Of()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if ((string)variable.Key is var name && IsNeeded(name))
            {
                variables[name] = (string?)variable.Value ?? "";
            }
        }

        return variables;
    }

    private static bool IsNeeded(string name) =>
        Names.Contains(name, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
        || (Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal))
            && !Suspicious.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
}

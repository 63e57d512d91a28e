using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos settings</c>: reads and changes the settings' file.</summary>
internal static class SettingsVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around) => new("settings", "Read and change the settings.")
    {
        SettingsShowVerb.Create(globals, around),
        SettingsGetVerb.Create(globals, around),
        SettingsSetVerb.Create(globals, around),
        SettingsRemoveVerb.Create(globals, around),
    };
}

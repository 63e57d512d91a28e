using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos info</c>: what is installed here, and what is set.</summary>
internal static class InfoVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around) => new("info", "Show what is installed and what is set.")
    {
        InfoCoreVerb.Create(around),
        InfoExtensionsVerb.Create(globals, around),
        InfoSettingsVerb.Create(globals, around),
    };
}

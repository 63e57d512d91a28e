using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy</c>: a proxy for network faults, and the commands for one that runs: ours or Toxiproxy.</summary>
internal static class ProxyVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around) => new("proxy", "Serve proxies that make connections slow, broken or lying, and control those of a server.")
    {
        ProxyServeVerb.Create(globals, around),
        ProxyDecisionsVerb.Create(globals, around),
        ProxyListVerb.Create(globals, around),
        ProxyInspectVerb.Create(globals, around),
        ProxyCreateVerb.Create(globals, around),
        ProxyToggleVerb.Create(globals, around),
        ProxyDeleteVerb.Create(globals, around),
        ProxyToxicVerb.Create(globals, around),
    };
}

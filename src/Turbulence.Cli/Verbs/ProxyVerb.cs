using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy</c>: a proxy for network faults, and the commands for one that runs: ours or Toxiproxy.</summary>
internal static class ProxyVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around) =>
        new("proxy", "Serve proxies that make connections slow, broken or lying, and control those of a server.")
    {
        ProxyServeVerb.Create(globals, around),
        ProxyDecisionsVerb.Create(globals, around),
        ProxyArguments.Aliased(ProxyListVerb.Create(globals, around), "l", "li", "ls"),
        ProxyArguments.Aliased(ProxyInspectVerb.Create(globals, around), "i", "ins"),
        ProxyArguments.Aliased(ProxyCreateVerb.Create(globals, around), "c", "new"),
        ProxyArguments.Aliased(ProxyToggleVerb.Create(globals, around), "tog"),
        ProxyArguments.Aliased(ProxyDeleteVerb.Create(globals, around), "d"),
        ProxyArguments.Aliased(ProxyToxicVerb.Create(globals, around), "t"),
    };
}

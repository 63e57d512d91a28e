using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy toxic</c>: the toxics of a proxy.</summary>
internal static class ProxyToxicVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around) =>
        new("toxic", "Add, change and remove toxics: what hurts the connections of a proxy.")
    {
        ProxyArguments.Aliased(ProxyToxicAddVerb.Create(globals, around), "a"),
        ProxyArguments.Aliased(ProxyToxicUpdateVerb.Create(globals, around), "u"),
        ProxyArguments.Aliased(ProxyToxicRemoveVerb.Create(globals, around), "r", "delete", "d"),
    };
}

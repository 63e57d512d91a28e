using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy toxic</c>: the toxics of a proxy.</summary>
internal static class ProxyToxicVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around) => new("toxic", "Add, change and remove toxics: what hurts the connections of a proxy.")
    {
        ProxyToxicAddVerb.Create(globals, around),
        ProxyToxicUpdateVerb.Create(globals, around),
        ProxyToxicRemoveVerb.Create(globals, around),
    };
}

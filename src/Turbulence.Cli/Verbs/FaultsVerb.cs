using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos faults</c>: what can be injected, what is in, and how it is taken back.</summary>
internal static class FaultsVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around) =>
        new("faults", "Show the kinds of faults and what is in, and take faults back.")
    {
        FaultsKindsVerb.Create(around),
        FaultsListVerb.Create(globals, around),
        FaultsRevertVerb.Create(globals, around),
    };
}

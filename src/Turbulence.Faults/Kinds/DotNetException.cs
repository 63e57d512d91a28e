using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.exception</c>: a storm of exceptions that somebody catches.</summary>
internal sealed class DotNetException() : ResidentKind(
    "dotnet.exception",
    "throws and catches exceptions in a running .NET process, on a thread of its own",
    [
        new("rate", ArgumentType.Number, "how many a second") { Least = 0, IsLeastExcluded = true, Most = 100_000, Default = "100" },
        new("exception", ArgumentType.Text, "their type") { Default = "System.InvalidOperationException" },
        new("message", ArgumentType.Text, "what they say") { DefaultText = "that a chaos experiment has done it" },
    ])
{
    protected override string Text(ArgumentReader arguments, SecretMask mask) => mask.Mask(string.Create(
        CultureInfo.InvariantCulture, $"{arguments.Number("rate"):0.##} {arguments.Text("exception")} a second are thrown and caught")).ToString();
}

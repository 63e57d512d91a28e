using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.gc</c>: garbage collections that stop every thread.</summary>
internal sealed class DotNetGc() : ResidentKind(
    "dotnet.gc",
    "makes a running .NET process collect its garbage, all of it and with every thread stopped, again and again",
    [
        new("share", ArgumentType.Share, "the share of time for which its threads stand still; short of it where the heap is so small that a collection takes no time")
        {
            Least = 0.001m,
            Most = 0.9m,
            Default = "0.2",
        },
    ])
{
    protected override string Text(ArgumentReader arguments, SecretMask mask) => string.Create(
        CultureInfo.InvariantCulture, $"blocking collections for {arguments.Number("share") * 100:0.##} % of the time");
}

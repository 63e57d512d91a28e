using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.lock</c>: a lock that somebody else holds.</summary>
internal sealed class DotNetLock() : ResidentKind(
    "dotnet.lock",
    "holds a lock of a running .NET process, so that all wait who want it",
    [
        new("type", ArgumentType.Text, "the full name of a type: `Shop.Stock`") { IsRequired = true },
        new("field", ArgumentType.Text, "the static field of that type that has the object that is locked") { DefaultText = "the type itself" },
        new("hold", ArgumentType.Seconds, "how long it is held at a time") { Least = 0, IsLeastExcluded = true, DefaultText = "all the time" },
        new("rest", ArgumentType.Seconds, "how long it is left alone between") { Least = 0, DefaultText = "as long as it was held" },
    ])
{
    protected override string Text(ArgumentReader arguments, SecretMask mask) => mask.Mask(string.Concat(
        $"the monitor of {arguments.Text("type")}{(arguments.Text("field") is { } field ? $".{field}" : "")} is held",
        arguments.Has("hold") ? string.Create(CultureInfo.InvariantCulture, $", {arguments.Number("hold"):0.###} s at a time") : "")).ToString();
}

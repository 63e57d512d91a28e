using Turbulence.Faults.Arguments;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.memory</c>: a leak on the managed heap.</summary>
internal sealed class DotNetMemory() : ResidentKind(
    "dotnet.memory",
    "lets a running .NET process leak memory, up to a bound",
    [
        new("bytes", ArgumentType.Size, "how much is held at the most") { Least = 1 << 20, Default = "256MiB" },
        new("rate", ArgumentType.Size, "how much more each second") { Least = 1 << 20, DefaultText = "all at once" },
        new("floor", ArgumentType.Size, "what stays free of the machine, or of the process's container where that has less")
        {
            Least = 64 << 20,
            Default = "256MiB",
        },
    ])
{
    protected override string Text(ArgumentReader arguments, SecretMask mask) =>
        $"{SizeText.Of(arguments.Size("bytes") ?? 0)} are leaked{(arguments.Size("rate") is { } rate ? $", {SizeText.Of(rate)} a second" : "")}";
}

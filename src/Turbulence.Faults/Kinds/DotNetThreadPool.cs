using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.threadpool</c>: a thread pool whose workers are all busy, as code makes it that blocks on tasks.</summary>
internal sealed class DotNetThreadPool() : ResidentKind(
    "dotnet.threadpool",
    "holds workers of the thread pool of a running .NET process",
    [
        new("workers", ArgumentType.Integer, "how many are held; the pool makes new ones as it sees fit") { Least = 1, Most = 2000 },
        new("queue_delay", ArgumentType.Seconds, "how long what is queued is to wait: as many are held as that takes")
        {
            Least = 0.01m,
            Most = 60,
        },
    ],
    ArgumentGroup.ExactlyOne("workers", "queue_delay"))
{
    protected override string Text(ArgumentReader arguments, SecretMask mask) => arguments.Has("workers")
        ? $"{arguments.Integer("workers")} workers of the thread pool are held"
        : string.Create(
            CultureInfo.InvariantCulture, $"workers of the thread pool are held until what is queued waits {arguments.Number("queue_delay"):0.###} s");
}

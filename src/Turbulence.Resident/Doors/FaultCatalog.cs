using Turbulence.Resident.Contracts;
using Turbulence.Resident.Faults;
using Turbulence.Resident.Watching;

namespace Turbulence.Resident.Doors;

/// <summary>What can be put in, by its wire name.</summary>
internal static class FaultCatalog
{
    public static IInnerFault Make(string kind, Spec spec) => kind switch
    {
        "dotnet.http" => new HttpFault(spec),
        "dotnet.span" => SpanFault.Make(spec),
        "dotnet.request" => new RequestFault(spec),
        "dotnet.threadpool" => new ThreadPoolFault(spec),
        "dotnet.gc" => new CollectionFault(spec),
        "dotnet.memory" => new MemoryFault(spec),
        "dotnet.lock" => new LockFault(spec),
        "dotnet.exception" => new ExceptionFault(spec),
        "dotnet.watch" => new SpanWatch(),
        _ => throw new NotSupportedException($"there is no '{kind}' here"),
    };
}

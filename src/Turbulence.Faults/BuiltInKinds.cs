using Turbulence.Faults.Contracts;
using Turbulence.Faults.Kinds;

namespace Turbulence.Faults;

/// <summary>The kinds of faults that come with the program.</summary>
public static class BuiltInKinds
{
    /// <summary>Every one of them; a new kind is one line here, or one of <see cref="NetworkKinds"/>.</summary>
    public static FaultKinds All { get; } = new([
        new ClockSkew(),
        new DnsHosts(),
        new DotNetException(),
        new DotNetGc(),
        new DotNetHttp(),
        new DotNetLock(),
        new DotNetMemory(),
        new DotNetRequest(),
        new DotNetSpan(),
        new DotNetThreadPool(),
        new FileCorrupt(),
        new FileMissing(),
        new FileReadOnly(),
        new NetworkDrop(),
        new NetworkReject(),
        new ProcessKill(),
        new ProcessPause(),
        new ProcessRestart(),
        new StressCpu(),
        new StressDisk(),
        new StressFd(),
        new StressIo(),
        new StressMemory(),
        new StressThreads(),
        new SyscallDelay(),
        new SyscallError(),
        .. NetworkKinds.All,
    ]);
}

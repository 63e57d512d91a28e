using Turbulence.DotNetWorker.Protocol;
using Turbulence.Platform.Processes;

namespace Turbulence.DotNetWorker;

/// <summary>The worker: takes its standard streams, then answers requests until there are no more.</summary>
internal static class Program
{
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(1);

    private static int Main()
    {
        var streams = StandardStreams.Take();

        // What a startup hook has printed so far, without the end of its line perhaps, is no part of our first message.
        streams.Output.WriteByte((byte)'\n');
        ParentWatch.Begin();
        new WorkerSession(new MessageReader(streams.Input), new MessageWriter(streams.Output)).Run();
        EndInAnyCase();
        return 0;
    }

    /// <summary>What user code does when the process ends may take for ever.</summary>
    internal static void EndInAnyCase() =>
        new Thread(() =>
        {
            Thread.Sleep(ExitGrace);
            Environment.FailFast(null);
        })
        { IsBackground = true }.Start();
}

using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>A process that sleeps: there has to be one of its command line, and it must not be stopped.</summary>
internal sealed class ProcessScenario(string kind) : Scenario(kind)
{
    private static int made;

    private readonly string mark = string.Create(
        CultureInfo.InvariantCulture, $"86400.{Environment.ProcessId:0000000}{Interlocked.Increment(ref made)}");
    private ChildProcess? sleeper;

    public override string? Residue() => Sleepers() switch
    {
        [] => "the process is gone",
        [{ State: 'T' }] => "the process is stopped",
        [_] => null,
        var many => $"there are {many.Length} processes",
    };

    public override async ValueTask DisposeAsync()
    {
        foreach (var left in Sleepers())
        {
            if (ProcessHandle.TryOpen(left.Identity, out var handle, out _))
            {
                handle.Signal(PosixSignalNumber.Kill);
                handle.Dispose();
            }
        }

        await sleeper!.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task PrepareAsync()
    {
        var options = new ProcessStartOptions { FileName = "/bin/sleep", Arguments = [mark], WorkingDirectory = Room.Path };
        Assert.True(ChildProcess.TryStart(options, out sleeper, out var failure), failure?.Message);

        // Whoever starts a program goes on when its memory is there; its name and its arguments come a moment later, or much later where it
        // has to wait for a processor.
        return Eventually.HoldsAsync(() => Residue() is null);
    }

    protected override JsonObject Arguments() => new() { ["command"] = $"sleep {mark.Replace(".", "\\.", StringComparison.Ordinal)}$" };

    private ProcessStatus[] Sleepers() =>
        [.. ProcessTable.List().Where(process => process.IsAlive
            && process.Name == "sleep"
            && ProcessTable.CommandLine(process.Id) is [_, var first]
            && first == mark)];
}

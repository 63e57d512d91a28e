using Turbulence.Platform.Processes;

namespace Attacks.Tests;

/// <summary>Pipes with a name, at which whoever opens them waits for ever.</summary>
internal static class Fifo
{
    public static async Task MakeAsync(string path)
    {
        var options = new ProcessStartOptions { FileName = ExecutableSearch.Find("mkfifo")!, Arguments = [path] };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        await using (process)
        {
            Assert.True((await process.Exited).IsSuccess);
        }
    }
}

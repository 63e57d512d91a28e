using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Tests.Processes;

namespace Turbulence.Platform.Tests.Files;

public sealed class FileLockTests
{
    [Fact]
    public async Task What_was_let_go_of_can_be_taken_at_once_even_while_processes_are_being_started()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var starting = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await using var process = Children.Start(new ProcessStartOptions { FileName = "/bin/true" });
                    await process.Exited;
                }
            },
            CancellationToken.None);
        try
        {
            for (var i = 0; i < 20_000; i++)
            {
                using var taken = FileLock.TryTake(folder["lock"]);
                Assert.True(taken is not null, $"at the attempt {i}");
            }
        }
        finally
        {
            await stop.CancelAsync();
            await starting;
        }
    }
}

using System.Globalization;
using System.Text;
using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

/// <summary>Starts real children for the tests.</summary>
internal static class Children
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static ProcessStartOptions Script(string script, params string[] arguments) => new()
    {
        FileName = "/bin/sh",
        Arguments = ["-c", script, "sh", .. arguments],
        StandardOutput = ChildOutput.Capture(1 << 20),
        StandardError = ChildOutput.Capture(1 << 20),
    };

    public static ChildProcess Start(ProcessStartOptions options)
    {
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return process;
    }

    public static async Task<ProcessOutput> RunAsync(ProcessStartOptions options)
    {
        await using var process = Start(options);
        return await process
            .ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken)
            .WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    public static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream
            .ReadAsync(one, TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(Deadline, TestContext.Current.CancellationToken) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString();
    }

    public static async Task<int> ReadNumberAsync(Stream stream) => int.Parse(await ReadLineAsync(stream), CultureInfo.InvariantCulture);

    public static bool IsAlive(int id) => ProcessTable.Find(id) is { IsAlive: true };

    public static async Task WaitForEndAsync(int id)
    {
        if (ProcessHandle.TryOpen(id, out var handle, out _))
        {
            using (handle)
            {
                await handle
                    .WaitForExitAsync(TestContext.Current.CancellationToken)
                    .WaitAsync(Deadline, TestContext.Current.CancellationToken);
            }
        }
    }

    public static void Kill(int id)
    {
        if (ProcessHandle.TryOpen(id, out var handle, out _))
        {
            using (handle)
            {
                handle.Signal(PosixSignalNumber.Kill);
            }
        }
    }
}

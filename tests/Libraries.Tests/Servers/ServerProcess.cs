using System.Net.Sockets;
using Turbulence.Platform.Processes;

namespace Libraries.Tests.Servers;

/// <summary>A process of a server, ended with all that it started.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ChildProcess process;
    private readonly string log;

    private ServerProcess(ChildProcess process, string log)
    {
        this.process = process;
        this.log = log;
    }

    /// <summary>Its id.</summary>
    public int Id => process.Id;

    /// <summary>Starts one.</summary>
    /// <param name="folder">Where it works, and where its output goes.</param>
    /// <param name="command">The program's file and its arguments.</param>
    /// <param name="more">Variables of the environment beyond ours.</param>
    public static ServerProcess Start(TemporaryFolder folder, IReadOnlyList<string> command, params (string Name, string Value)[] more)
    {
        var environment = OurEnvironment();
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        var log = folder[$"{Path.GetFileName(command[0])}.log"];
        var options = new ProcessStartOptions
        {
            FileName = command[0],
            Arguments = [.. command.Skip(1)],
            WorkingDirectory = folder.Path,
            Environment = environment,
            StandardOutput = ChildOutput.AppendTo(log),
            StandardError = ChildOutput.AppendTo(log),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return new ServerProcess(process, log);
    }

    /// <summary>Runs a program to its end, which has to be a good one.</summary>
    public static async Task RunAsync(TemporaryFolder folder, params string[] command)
    {
        await using var run = Start(folder, command);
        var status = await run.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(status.IsSuccess, $"{command[0]}: {status}\n{run.Said}");
    }

    /// <summary>Waits until it accepts connections.</summary>
    public Task ListensAsync(int port) => Eventually.HoldsAsync(async () =>
    {
        Assert.False(process.Exited.IsCompleted, $"The server ended:\n{Said}");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    /// <summary>Waits until it has said something.</summary>
    /// <returns>The line that begins so.</returns>
    public async Task<string> SaysAsync(string beginning)
    {
        string? found = null;
        await Eventually.HoldsAsync(() =>
        {
            found = Said.Split('\n').SkipLast(1).FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal));
            Assert.True(found is not null || !process.Exited.IsCompleted, $"The server ended:\n{Said}");
            return found is not null;
        });
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await process.TerminateGroupAsync(Grace, TimeProvider.System);
        await process.DisposeAsync();
    }

    private string Said => File.Exists(log) ? File.ReadAllText(log) : "";

    // Diagnostics are what reaches into a .NET process; the sockets for it stand in the folder of the server.
    private static Dictionary<string, string> OurEnvironment()
    {
        Dictionary<string, string> ours = [];
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            ours[(string)variable.Key] = (string)variable.Value!;
        }

        ours.Remove("DOTNET_EnableDiagnostics");
        return ours;
    }
}

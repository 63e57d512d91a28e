using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>A folder of a test's own. With it goes every process that is in it, whoever started it.</summary>
internal sealed class Room : IDisposable
{
    private static int sleepers;
    private readonly List<ChildProcess> children = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("turbulence-kinds-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The processes that are in the folder now, dead ones left out.</summary>
    public IReadOnlyList<ProcessStatus> Processes =>
        [.. ProcessTable.List().Where(process => process.IsAlive && ProcessTable.WorkingDirectory(process.Id) == Path)];

    /// <summary>Starts a program in the folder, in a session of its own.</summary>
    public ChildProcess Start(ProcessStartOptions options)
    {
        Assert.True(ChildProcess.TryStart(options with { WorkingDirectory = Path }, out var child, out var failure), failure?.Message);
        children.Add(child);

        // A program that is just being started has no arguments and no environment for an instant.
        SpinWait.SpinUntil(() => child.Exited.IsCompleted || ProcessTable.CommandLine(child.Id) is { Count: > 0 });
        return child;
    }

    public ChildProcess Start(string program, params string[] arguments) =>
        Start(new ProcessStartOptions { FileName = ExecutableSearch.Find(program)!, Arguments = arguments });

    /// <summary>Starts a process that does nothing for a long time and has a command line of its own.</summary>
    public ChildProcess StartSleeper() => Start("sleep", $"9{Interlocked.Increment(ref sleepers):D4}.{Environment.ProcessId}");

    /// <summary>Starts the sample's rand server on a port, and waits until it listens.</summary>
    public async Task<ChildProcess> StartServerAsync(int port, ChildOutput? output = null)
    {
        var child = Start(new ProcessStartOptions
        {
            FileName = BuiltPrograms.RandServer,
            Arguments = [$"{port}", "primary"],
            StandardOutput = output ?? ChildOutput.Null,
            StandardError = output ?? ChildOutput.Null,
        });
        await Eventually.HoldsAsync(() => Answers(port));
        return child;
    }

    /// <summary>Whether somebody takes connections on a port of the loopback.</summary>
    public static bool Answers(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var process in Processes)
        {
            if (ProcessHandle.TryOpen(process.Identity, out var handle, out _))
            {
                using (handle)
                {
                    handle.Signal(PosixSignalNumber.Kill);
                }
            }
        }

        Directory.Delete(Path, recursive: true);
    }
}

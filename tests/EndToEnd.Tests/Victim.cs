using System.Globalization;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>A process of the test's own for faults to hit, which no run started and none stops.</summary>
internal sealed class Victim : IAsyncDisposable
{
    /// <summary>The action that stops it, for a method in YAML.</summary>
    public const string Pause =
        "  - { type: action, name: pause-victim, provider: { type: fault, kind: process.pause, arguments: { pid_file: victim.pid } } }\n";

    private readonly ChildProcess process;

    private Victim(ChildProcess process) => this.process = process;

    /// <summary>Its id.</summary>
    public int Id => process.Id;

    /// <summary>Whether it is stopped. It has to live, stopped or not.</summary>
    public bool IsStopped => ProcessTable.Find(process.Id) is { IsAlive: true } status
        ? status.State is 'T'
        : throw new InvalidOperationException("The victim is dead.");

    /// <summary>Its command line by now.</summary>
    public IReadOnlyList<string>? Command => ProcessTable.CommandLine(process.Id);

    public static Task<Victim> StartAsync(Room room) => StartAsync(room, ["/bin/sleep", "1000"]);

    /// <summary>Starts it by a command that becomes it.</summary>
    public static async Task<Victim> StartAsync(Room room, string[] command)
    {
        var options = new ProcessStartOptions { FileName = command[0], Arguments = command[1..], WorkingDirectory = "/" };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        await File.WriteAllTextAsync(room.File("victim.pid"), process.Id.ToString(CultureInfo.InvariantCulture));
        return new Victim(process);
    }

    public async ValueTask DisposeAsync()
    {
        await process.TerminateGroupAsync(TimeSpan.Zero, TimeProvider.System);
        await process.DisposeAsync();
    }
}

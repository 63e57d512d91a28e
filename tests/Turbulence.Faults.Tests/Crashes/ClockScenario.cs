using System.Text.Json.Nodes;
using Turbulence.Faults.Clocks;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>A process with a clock of its own: the clock has to be right, and nothing may be left beside its file.</summary>
internal sealed class ClockScenario() : Scenario("clock.skew")
{
    private ChildProcess? sleeper;

    private string Folder => Room["clocks"];

    public override string? Residue() =>
        !sleeper!.Identity.IsAlive ? "the process is gone"
        : File.ReadAllText(Path.Combine(Folder, "one")) is var text && text != "+0\n" ? $"the clock's file holds {text}"
        : Directory.GetFiles(Folder).Length > 1 ? "there is more than the clock's file"
        : null;

    public override async ValueTask DisposeAsync()
    {
        await sleeper!.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task PrepareAsync()
    {
        var options = new ProcessStartOptions
        {
            FileName = "/bin/sleep",
            Arguments = ["86400"],
            WorkingDirectory = Room.Path,
            Environment = FakeTime.Environment(Path.Combine(Folder, "one")),
        };
        Assert.True(ChildProcess.TryStart(options, out sleeper, out var failure), failure?.Message);
        return Eventually.HoldsAsync(() => ClockFile.IsRead(sleeper.Id));
    }

    protected override JsonObject Arguments() => new() { ["pid"] = sleeper!.Id, ["offset"] = "-30d" };
}

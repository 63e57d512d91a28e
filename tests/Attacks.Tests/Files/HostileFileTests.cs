namespace Attacks.Tests.Files;

/// <summary>Files that are no files, or no experiments: told in a line, nothing waits, nothing is played.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData("e.json", "/dev/zero")]
    [InlineData("e.yaml", "/dev/zero")]
    [GateData("e.json", "/dev/null")]
    [GateData("e.json", "/proc/self/mem")]
    [GateData("e.json", "e.json")]
    [InlineData("e.json", "nowhere.json")]
    public async Task An_experiment_that_is_a_link_to_what_cannot_be_read_is_told(string name, string to)
    {
        File.CreateSymbolicLink(room.File(name), to);
        foreach (var verb in (string[])["run", "validate", "plan"])
        {
            Promises.IsToldForPeople(await ChaosRun.RunAsync(room, verb, name), 64);
        }

        Promises.NothingIsLeft(room, await ChaosRun.RunAsync(room, "faults", "list"));
    }
}

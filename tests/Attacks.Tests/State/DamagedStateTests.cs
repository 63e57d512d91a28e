namespace Attacks.Tests.State;

/// <summary>
/// A state folder in which something is wrong: no command waits for it, and none says that all is well when it could not look.
/// </summary>
public sealed class DamagedStateTests : IDisposable
{
    private const string Nothing =
        "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: touch, arguments: [played] } }]\n";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData("")]
    [InlineData("{")]
    [GateData("[]")]
    [GateData("""{ "schema": 2, "id": "abcdef" }""")]
    public async Task A_record_that_cannot_be_read_is_told_and_no_run_starts(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(room.State, "faults")).FullName;
        File.SetUnixFileMode(room.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(folder, "abcdef.json"), text, TestContext.Current.CancellationToken);
        room.Write("e.yaml", Nothing);

        var run = await ChaosRun.RunAsync(room, "run", "e.yaml");

        Promises.IsToldForPeople(run, 5);
        Assert.Contains("abcdef", run.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("played")));
    }
}

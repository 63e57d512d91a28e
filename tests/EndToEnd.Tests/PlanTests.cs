using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary><c>chaos plan</c>: what would be hit, and the undo; nothing is touched.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task It_names_the_exact_target_and_the_undo_and_touches_nothing()
    {
        await using var victim = await Victim.StartAsync(room);
        room.Write("e.yaml", Experiment(Victim.Pause));

        var text = await ChaosRun.RunAsync(room, "plan", "e.yaml");
        var json = await ChaosRun.RunAsync(room, "plan", "--json", "e.yaml");

        Assert.True(text.ExitCode == 0, text.Said);
        Assert.Contains("fault process.pause until the end of the run", text.Output, StringComparison.Ordinal);
        Assert.Matches("hits    process [0-9]+ \\(", text.Output);
        Assert.Contains("undo    ", text.Output, StringComparison.Ordinal);
        Assert.Contains(
            "1 fault: 0 refused, 0 irreversible, 0 known only when the services run. Nothing was touched.",
            text.Output,
            StringComparison.Ordinal);
        var fault = JsonNode.Parse(json.Output)!["method"]![0]!["fault"]!;
        Assert.Equal("planned", fault["state"]!.GetValue<string>());
        Assert.StartsWith("process:", fault["targets"]![0]!["key"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(victim.IsStopped);
        Assert.False(Directory.Exists(room.State));
        Assert.False(File.Exists(room.File("journal.json")));
    }

    [Fact]
    public async Task It_writes_nothing_and_a_log_only_where_one_is_asked_for_by_its_name()
    {
        room.Write("e.yaml", Experiment("  - { type: action, name: a, provider: { type: process, path: 'true' } }\n"));
        string[] before = Directory.GetFileSystemEntries(room.Path);
        var end = await ChaosRun.RunAsync(room, "plan", "e.yaml");
        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal(before, Directory.GetFileSystemEntries(room.Path));
        await ChaosRun.RunAsync(room, "--log-file", "asked.log", "plan", "e.yaml");
        Assert.Equal([.. before, room.File("asked.log")], Directory
            .GetFileSystemEntries(room.Path)
            .Order(StringComparer.Ordinal)
            .OrderBy(path => path == room.File("asked.log")));
    }

    [Fact]
    public async Task A_state_folder_that_would_keep_a_run_from_beginning_is_named()
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows has no file modes");
        room.Write("e.yaml", Experiment("  - { type: action, name: a, provider: { type: process, path: 'true' } }\n"));
        Directory.CreateDirectory(room.State);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(room.State, (UnixFileMode)0b111_111_111);
        }

        var end = await ChaosRun.RunAsync(room, "plan", "e.yaml");
        var run = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.Equal((0, 4), (end.ExitCode, run.ExitCode));
        Assert.Contains(
            $"A run would not begin: whether everything is halted cannot be read in {room.State}", end.Said, StringComparison.Ordinal);
        Assert.Contains("Nothing is run: whether everything is halted cannot be read", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_would_be_refused_says_why_and_the_exit_code_is_64()
    {
        room.Write("e.yaml", Experiment(Victim.Pause));
        var end = await ChaosRun.RunAsync(room, "plan", "e.yaml");
        Assert.Equal(64, end.ExitCode);
        Assert.Contains("REFUSED there is no file at ", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_experiment_is_64_and_says_where()
    {
        room.Write("e.yaml", Experiment("  - { type: action, name: a, provider: { type: fault, kind: process.kil } }\n"));
        var end = await ChaosRun.RunAsync(room, "plan", "e.yaml");
        Assert.Equal(64, end.ExitCode);
        Assert.Contains("process.kill", end.Said, StringComparison.Ordinal);
        Assert.Empty(end.Output);
    }

    [Fact]
    public async Task It_asks_no_probe_starts_no_program_and_shows_no_secret()
    {
        room.Write("e.yaml", Experiment(
            "  - { type: action, name: a, provider: { type: process, path: touch, arguments: [played, '${token}'] } }\n",
            """
            secrets: { s: { token: not-for-your-eyes } }
            configuration: { asked: { type: probe, name: asked, provider: { type: process, path: touch, arguments: [asked] } } }

            """));
        var end = await ChaosRun.RunAsync(room, "plan", "e.yaml");
        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains("touch played *****", end.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("played")));
        Assert.False(File.Exists(room.File("asked")));
    }

    private static string Experiment(string method, string more = "") => $"title: t\ndescription: d\n{more}method:\n{method}";
}

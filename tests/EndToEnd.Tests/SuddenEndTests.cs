using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>What becomes of a run that is stopped, or killed, in the middle.</summary>
public sealed class SuddenEndTests : IDisposable
{
    private const string Waiting = """
        {
          "title": "t", "description": "d",
          "method": [
            { "type": "action", "name": "first", "provider": { "type": "process", "path": "touch", "arguments": ["fault"] } },
            { "type": "action", "name": "wait", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "touch waiting; exec sleep 1000"] },
              "pauses": { "after": 1000 } },
            { "type": "action", "name": "never", "provider": { "type": "process", "path": "touch", "arguments": ["never"] } }
          ],
          "rollbacks": [
            { "type": "action", "name": "undo", "provider": { "type": "process", "path": "rm", "arguments": ["fault"] } }
          ]
        }
        """;

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Killed_in_the_middle_the_journal_is_whole_and_holds_what_was_done()
    {
        room.Write("e.json", Waiting);
        await using var run = ChaosRun.Start(room, "run", "e.json");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));

        run.Signal(PosixSignalNumber.Kill);

        Assert.Equal(-9, (await run.EndAsync()).ExitCode);
        var journal = room.Journal();
        Assert.Equal("running", journal["status"]!.GetValue<string>());
        var entries = journal["run"]!.AsArray();
        Assert.Equal(["first", "wait"], entries.Select(entry => entry!["activity"]!["name"]!.GetValue<string>()));
        Assert.Equal("succeeded", entries[0]!["status"]!.GetValue<string>());
        Assert.False(entries[1]!.AsObject().ContainsKey("status"));
    }

    [Theory]
    [InlineData(PosixSignalNumber.Interrupt)]
    [InlineData(PosixSignalNumber.Terminate)]
    [InlineData(PosixSignalNumber.Hangup)]
    public async Task A_signal_ends_the_run_at_once_and_plays_the_rollbacks(PosixSignalNumber signal)
    {
        room.Write("e.json", Waiting);
        await using var run = ChaosRun.Start(room, "run", "e.json");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));

        run.Signal(signal);
        run.Signal(signal);

        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.False(File.Exists(room.File("fault")));
        Assert.False(File.Exists(room.File("never")));
        var journal = room.Journal();
        Assert.Equal("interrupted", journal["status"]!.GetValue<string>());
        Assert.Equal("succeeded", journal["rollbacks"]![0]!["status"]!.GetValue<string>());
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task A_reader_that_goes_away_does_not_keep_the_rollbacks_from_being_played()
    {
        room.Write("e.json", Waiting.Replace("exec sleep 1000", "while [ ! -e go ]; do sleep 0.01; done", StringComparison.Ordinal)
            .Replace("\"after\": 1000", "\"after\": 0", StringComparison.Ordinal));
        var options = new ProcessStartOptions
        {
            FileName = "/bin/sh",
            Arguments = [
                "-c", $"{{ \"$0\" run e.json; echo $? > code; }} 2>&1 | head -n 1 > first-line; touch closed", BuiltPrograms.Chaos,
            ],
            WorkingDirectory = room.Path,
        };
        Assert.True(ChildProcess.TryStart(options, out var shell, out _));
        await using (shell)
        {
            await Eventually.HoldsAsync(() => File.Exists(room.File("waiting")) && new FileInfo(room.File("first-line")).Length > 0);
            room.Write("go", "");
            await shell.Exited.WaitAsync(ChaosRun.Deadline, TestContext.Current.CancellationToken);
        }

        Assert.Equal("0", File.ReadAllText(room.File("code")).Trim());
        Assert.False(File.Exists(room.File("fault")));
        Assert.Equal("completed", room.Journal()["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_grandchild_that_keeps_stdout_open_does_not_hang_the_run()
    {
        room.Write("e.json", """
            {
              "title": "t", "description": "d",
              "method": [ { "type": "action", "name": "a",
                "provider": { "type": "process", "path": "sh", "arguments": ["-c", "sleep 1000 & echo $! > grandchild; echo hi"] } } ]
            }
            """);
        var end = await ChaosRun.RunAsync(room, "run", "e.json");
        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal("hi\n", room.Journal()["run"]![0]!["output"]!["stdout"]!.GetValue<string>());
        Assert.Single(room.Processes(), process => process.Name == "sleep");
    }

    [Fact]
    public async Task Two_runs_side_by_side_do_not_meet()
    {
        using var other = new Room();
        room.Write("e.json", Waiting);
        other.Write("e.json", Waiting);
        await using var first = ChaosRun.Start(room, "run", "e.json");
        await using var second = ChaosRun.Start(other, "run", "e.json");
        await first.UntilAsync(() => File.Exists(room.File("waiting")));
        await second.UntilAsync(() => File.Exists(other.File("waiting")));
        first.Signal(PosixSignalNumber.Terminate);
        Assert.Equal(4, (await first.EndAsync()).ExitCode);
        Assert.Contains(other.Processes(), process => process.Name == "sleep");
        second.Signal(PosixSignalNumber.Terminate);
        Assert.Equal(4, (await second.EndAsync()).ExitCode);
    }
}

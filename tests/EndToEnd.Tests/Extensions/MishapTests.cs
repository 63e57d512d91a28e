using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests.Extensions;

/// <summary>
/// Whatever an extension does, the run goes on: to the next activity of the same language, to its rollbacks, its journal and its exit code,
/// and no worker is left behind.
/// </summary>
public sealed class MishapTests : IDisposable
{
    private const string Python = "python";
    private const string DotNet = "dotnet";
    private const string Noted = """{ "file": "begun" }""";
    private const string Three = """{ "code": 3 }""";

    // Not a measure of speed: it is well below what these activities would take, which is for ever.
    private const double Ended = 60;

    private readonly Room room = new();

    public MishapTests() => File.Copy(Path.Combine(AppContext.BaseDirectory, "Extensions", "mishaps.py"), room.File("mishaps.py"));

    // With steps of five both languages are met, and each of: a time limit, what is garbled, an end of the process.
    public static TheoryData<Mishap, string> Failing { get; } = Share.Of<TheoryData<Mishap, string>>(
        new()
        {
            { new(Python, "hang", Noted, 1), "time limit is 1 s" },
            { new(DotNet, "WaitAfterAsync", Noted, 1), "time limit is 1 s" },
            { new(Python, "ignore", Noted, 1), "time limit is 1 s" },
            { new(DotNet, "HangAfter", Noted, 1), "time limit is 1 s" },
            { new(Python, "garble_protocol"), "garbage" },
            { new(DotNet, "GarbleProtocol"), "garbage" },
            { new(Python, "leave", Three), "asked the whole program to end with exit code 3" },
            { new(Python, "drop", Three), "the Python worker ended with exit code 3 while it carried out 'mishap'" },
            { new(DotNet, "Exit", Three), "the .NET worker ended with exit code 3 while it carried out 'mishap'" },
            { new(Python, "abort"), "the Python worker was killed by SIGABRT while it carried out 'mishap'" },
            { new(DotNet, "FailFast"), "on purpose" },
            { new(DotNet, "Overflow"), "the .NET worker was killed by SIGABRT while it carried out 'mishap'" },
            { new(Python, "eat"), "of memory, more than its 256 (TURBULENCE_WORKER_MEMORY)" },
            { new(DotNet, "Eat"), "of memory, more than its 256 (TURBULENCE_WORKER_MEMORY)" },
        },
        5);

    public static TheoryData<Mishap, string> Harmless { get; } = Share.Of<TheoryData<Mishap, string>>(
        new()
        {
            { new(Python, "flood"), "printed" },
            { new(DotNet, "Print", """{ "bytes": 1000000 }"""), "printed" },
            { new(Python, "garble"), "printed" },
            { new(DotNet, "Garble"), "printed" },
            { new(Python, "start_daemon"), "started" },
            { new(DotNet, "StartFreeDaemon"), "started" },
        },
        3);

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task What_ends_or_blocks_a_worker_is_a_failure_of_that_activity_alone(Mishap mishap, string text)
    {
        await using var run = Start(mishap);

        var end = await run.EndAsync();

        AssertFailed(end, text);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_is_printed_and_left_running_harms_nothing(Mishap mishap, string output)
    {
        await using var run = Start(mishap);

        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal(output, Entry("mishap")["output"]!.GetValue<string>());
        AssertWentOn(end);
    }

    [Theory]
    [GateData(Python, "hang")]
    [InlineData(DotNet, "HangAfter")]
    public async Task A_worker_that_is_killed_is_a_failure_of_that_activity_alone(string language, string call)
    {
        await using var run = Start(new Mishap(language, call, Noted));
        await run.UntilAsync(() => File.Exists(room.File("begun")));

        Kill(int.Parse(File.ReadAllText(room.File("begun")), CultureInfo.InvariantCulture));

        AssertFailed(await run.EndAsync(), "worker was killed by SIGKILL while it carried out 'mishap'");
    }

    [Theory]
    [GateData(Python, "hang")]
    [InlineData(Python, "ignore")]
    [InlineData(DotNet, "WaitAfterAsync")]
    [GateData(DotNet, "HangAfter")]
    public async Task An_interruption_ends_what_hangs_and_plays_the_rollbacks(string language, string call)
    {
        await using var run = Start(new Mishap(language, call, Noted));
        await run.UntilAsync(() => File.Exists(room.File("begun")));

        run.Signal(PosixSignalNumber.Interrupt);

        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.True(File.Exists(room.File(Mishap.RolledBack)), end.Said);
        var journal = room.Journal();
        Assert.Equal("interrupted", journal["status"]!.GetValue<string>());
        Assert.Equal("mishap", Assert.Single(journal["run"]!.AsArray())!["activity"]!["name"]!.GetValue<string>());
        Assert.Empty(room.Processes());
    }

    private ChaosRun Start(Mishap mishap)
    {
        Needs.Language(mishap.Language);
        room.Write("e.json", mishap.Experiment());
        return ChaosRun.Start(room, new Dictionary<string, string> { ["TURBULENCE_WORKER_MEMORY"] = "256" }, "run", "e.json");
    }

    private void AssertFailed(ChaosEnd end, string text)
    {
        Assert.True(end.ExitCode == 2, end.Said);
        var entry = Entry("mishap");
        Assert.Equal("failed", entry["status"]!.GetValue<string>());
        Assert.Contains(
            text, string.Concat(entry["exception"]!.AsArray().Select(line => line!.GetValue<string>())), StringComparison.Ordinal);
        Assert.Contains(
            end.Lines, line => line.Contains("because", StringComparison.Ordinal) && line.Contains("'mishap'", StringComparison.Ordinal));
        AssertWentOn(end);
    }

    private void AssertWentOn(ChaosEnd end)
    {
        Assert.InRange(Entry("mishap")["duration"]!.GetValue<double>(), 0, Ended);
        Assert.True(Entry("after")["tolerance_met"]!.GetValue<bool>());
        Assert.Equal("succeeded", Assert.Single(room.Journal()["rollbacks"]!.AsArray())!["status"]!.GetValue<string>());
        Assert.True(File.Exists(room.File(Mishap.RolledBack)), end.Said);
        // A daemon that left for a session of its own is not the worker's any more; the room ends it.
        Assert.DoesNotContain(room.Processes(), process => process.Name != "sleep");
    }

    private JsonNode Entry(string activity) =>
        Assert.Single(room.Journal()["run"]!.AsArray(), entry => entry!["activity"]!["name"]!.GetValue<string>() == activity)!;

    private static void Kill(int id)
    {
        Assert.True(ProcessHandle.TryOpen(ProcessTable.Find(id)!.Identity, out var worker, out _));
        using (worker)
        {
            Assert.True(worker.Signal(PosixSignalNumber.Kill));
        }
    }
}

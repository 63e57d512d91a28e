using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Tests;

public sealed class PreparedRunTests : IDisposable
{
    private readonly RunRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task An_experiment_of_a_file_is_prepared_planned_and_run()
    {
        File.WriteAllText(Path.Combine(room.Folder, "file.json"), Simple().ToJson().ToJsonString());
        await using var run = await Chaos.Load("file.json").PrepareAsync(place: room.Place);

        Assert.Null(run.Refusal);
        Assert.Equal("Simple", (await run.PlanAsync()).Title);
        Assert.Equal(Verdict.Passed, (await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken)).Verdict);
    }

    [Fact]
    public async Task What_code_builds_is_what_a_file_would_hold()
    {
        var built = Simple()
            .Description("What it is about")
            .Service("primary", [
                "rand-server", "8002",
            ], new JsonObject { ["ready"] = new JsonObject { ["url"] = "http://localhost:8002/health" } })
            .Method(method => method.Fault(
                "kill",
                "process.kill",
                new JsonObject { ["service"] = "primary" },
                TimeSpan.FromSeconds(5),
                fault => fault.InBackground().PauseAfter(TimeSpan.FromSeconds(1))))
            .Rollbacks(rollbacks => rollbacks.Http("asked", "http://localhost:8001/"))
            .ToJson();

        Assert.Equal(
            """
            {"version":"1.0.0","title":"Simple","description":"What it is about","method":[{"type":"action","name":"do","provider":{"type":"process","path":"true","arguments":[]}},{"type":"action","name":"kill","provider":{"type":"fault","kind":"process.kill","arguments":{"service":"primary"},"duration":5},"background":true,"pauses":{"after":1}}],"steady-state-hypothesis":{"title":"It is there","probes":[{"type":"probe","name":"there","provider":{"type":"process","path":"true","arguments":""},"tolerance":0}]},"extensions":[{"name":"turbulence","services":{"primary":{"ready":{"url":"http://localhost:8002/health"},"run":["rand-server","8002"]}}}],"rollbacks":[{"type":"probe","name":"asked","provider":{"type":"http","url":"http://localhost:8001/"},"tolerance":200}]}
            """,
            built.ToJsonString());
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Users_who_cannot_come_keep_a_run_from_beginning_and_those_who_can_stand_in_its_plan()
    {
        foreach (var skips in new[] { false, true })
        {
            await using var refused = await Simple().PrepareAsync(
                new RunRequest { Users = "http://localhost/@0", SkipValidation = skips }, room.Place);
            Assert.Equal(
                (RefusalKind.Usage, "users: rate must be a number from 0.0001 to 1000000, not 0"),
                (refused.Refusal!.Kind, refused.Refusal.Error!.Message));
        }

        await using var run = await Simple().PrepareAsync(new RunRequest { Users = "http://localhost/@5" }, room.Place);
        Assert.Equal("5 requests a second, to http://localhost/", (await run.PlanAsync()).Users);
    }

    [Fact]
    public async Task Code_that_throws_is_a_failed_activity_and_never_an_exception_of_the_run()
    {
        await using var run = await Simple()
            .Method(method => method.Action("break", () => throw new InvalidDataException("it broke")))
            .PrepareAsync(place: room.Place);
        var outcome = await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Failed, outcome.Verdict);
        Assert.Contains("InvalidDataException: it broke", string.Join('\n', outcome.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_names_the_seed_that_was_given_and_one_that_was_chosen_and_the_id_that_all_events_have()
    {
        foreach (var seed in (int?[])[4711, null])
        {
            await using var run = await Simple().PrepareAsync(
                new RunRequest { JournalPath = "journal.json" }, room.Place with { Seed = seed });
            var heard = new Hearing();
            await run.RunAsync([heard], TestContext.Current.CancellationToken);

            var ours = room.Read("journal.json")["turbulence"]!;
            Assert.Equal(seed ?? Assert.IsType<RunStarted>(heard.Events[0]).Seed, (int)ours["seed"]!);
            Assert.All(heard.Events, happened => Assert.Equal((string?)ours["run"], happened.RunId));
            Assert.Equal(10, heard.Events[0].RunId.Length);
            Assert.Equal((string?)ours["version"], Assert.IsType<RunStarted>(heard.Events[0]).Program.Version);
        }
    }

    [Fact]
    public async Task What_code_says_is_held_against_the_tolerance()
    {
        await using var run = await Chaos.Experiment("Wrong")
            .SteadyState("It answers 42", state => state.Probe("answer", async token =>
            {
                await Task.Yield();
                return (JsonNode)41;
            }, 42))
            .PrepareAsync(place: room.Place);

        Assert.Equal(Verdict.Inconclusive, (await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken)).Verdict);
    }

    [Fact]
    public async Task An_invalid_experiment_is_refused_with_its_problems_and_nothing_is_run()
    {
        var isCalled = false;
        await using var run = await Chaos.Experiment("Invalid")
            .Method(method => method.Action("call", () => isCalled = true).Add(new JsonObject { ["type"] = "action", ["name"] = "none" }))
            .PrepareAsync(place: room.Place);

        Assert.Equal(RefusalKind.Invalid, run.Refusal?.Kind);
        Assert.Contains(run.Problems, problem => problem.Severity == ProblemSeverity.Error
            && problem.Pointer.StartsWith("/method/1", StringComparison.Ordinal));
        var refused =
            await Assert.ThrowsAsync<RunRefusedException>(() => run.RunAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Same(run.Refusal, refused.Refusal);
        await Assert.ThrowsAsync<RunRefusedException>(run.PlanAsync);
        Assert.False(isCalled);
    }

    [Fact]
    public async Task A_delegate_that_a_file_names_is_refused()
    {
        var document = Chaos.Experiment("Own").Method(method => method.Action("call", static () => { })).ToJson();
        File.WriteAllText(Path.Combine(room.Folder, "file.json"), document.ToJsonString());
        await using var run = await Chaos.Load("file.json").PrepareAsync(place: room.Place);

        Assert.Equal(RefusalKind.Invalid, run.Refusal?.Kind);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        await using var run = await Chaos.Load("none.json").PrepareAsync(place: room.Place);
        Assert.Equal("Path \"none.json\" does not exist.", run.Refusal?.Error?.Message);
    }

    [Fact]
    public async Task A_run_that_is_halted_is_refused()
    {
        var ledger = new FaultRoom(room.Place).Ledger;
        Assert.Null(ledger.Prepare());
        ledger.Halt("a test");
        await using var run = await Simple().PrepareAsync(place: room.Place);

        Assert.Equal(RefusalKind.Stopped, run.Refusal?.Kind);
    }

    [Fact]
    public async Task A_prepared_run_is_run_once()
    {
        await using var run = await Simple().PrepareAsync(place: room.Place);
        await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.RunAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    private static ExperimentBuilder Simple() => Chaos.Experiment("Simple")
        .Method(method => method.Process("do", "true", []))
        .SteadyState("It is there", state => state.Add(new JsonObject
        {
            ["type"] = "probe",
            ["name"] = "there",
            ["provider"] = new JsonObject { ["type"] = "process", ["path"] = "true", ["arguments"] = "" },
            ["tolerance"] = 0,
        }));

    private sealed class Hearing : IRunObserver
    {
        public List<RunEvent> Events { get; } = [];

        public void On(RunEvent happened) => Events.Add(happened);
    }
}

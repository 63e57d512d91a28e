using System.Globalization;
using System.Text;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Ledgers;

/// <summary>A process id says something on its own host, since its own start, and nowhere else.</summary>
public sealed class RunnerIdentityTests : IDisposable
{
    private static readonly RunnerIdentity Elsewhere = RunnerIdentity.Of(Records.Self) with { Host = "0123456789abcdef0123456789abcdef" };

    private readonly Room room = new();

    public static TheoryData<bool> Lives => [true, false];

    public void Dispose() => room.Dispose();

    [Fact]
    public void A_record_of_before_hosts_were_written_is_of_this_host_and_of_the_start_that_it_names()
    {
        var self = Records.Self;
        foreach (var (boot, lives) in new[] { (Machine.Boot, true), ("another", false) })
        {
            var text = string.Create(CultureInfo.InvariantCulture, $$"""
                { "schema": 1, "id": "r1", "title": "t", "started": "2020-01-02T03:04:05.0000000+00:00", "boot": "{{boot}}",
                  "runner": { "pid": {{self.Id}}, "start_time": {{self.StartTime}} }, "guardian": null, "journal": null, "mark": null, "spared": [] }
                """);
            Assert.True(RunRecordJson.TryRead(Encoding.UTF8.GetBytes(text), out var run, out var problem), problem);
            Assert.Equal((false, lives, lives, !lives), (run.IsElsewhere, run.IsRunnerAlive, run.IsAttended, run.IsDead));
            Assert.True(RunRecordJson.TryRead(RunRecordJson.Write(run), out var again, out problem), problem);
            Assert.Equal(run.Runner, again.Runner);
        }
    }

    [Fact]
    public void A_record_of_a_fault_of_before_hosts_were_written_is_of_this_host()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            { "schema": 1, "id": "fault", "run": "r", "kind": "k", "activity": "a", "state": "active", "planned": "1970-01-01T00:00:00.0000000+00:00",
              "runner": { "pid": {{Records.Self.Id}}, "start_time": {{Records.Self.StartTime}} }, "targets": [], "undo": {}, "undo_text": "u" }
            """);
        Assert.True(FaultRecordJson.TryRead(Encoding.UTF8.GetBytes(text), out var fault, out var problem), problem);
        Assert.Equal(Records.Self, fault.Runner.Local);
    }

    [Fact]
    public void A_runner_has_one_shape_in_the_records_of_runs_and_of_faults()
    {
        var fault = Records.Fault() with { Runner = Elsewhere };
        Assert.True(FaultRecordJson.TryRead(FaultRecordJson.Write(fault), out var readFault, out _));
        Assert.True(RunRecordJson.TryRead(RunRecordJson.Write(Records.Run() with { Runner = Elsewhere }), out var readRun, out _));
        Assert.Equal((Elsewhere, Elsewhere), (readFault.Runner, readRun.Runner));
    }

    [Fact]
    public void A_runner_without_a_start_of_the_machine_is_damage()
    {
        Assert.False(RunRecordJson.TryRead(
            """{ "schema": 1, "id": "r1", "title": "t", "started": "2020-01-02T03:04:05.0000000+00:00", "runner": { "pid": 1, "start_time": 1 } }"""u8,
            out _,
            out var problem));
        Assert.Equal("is not a whole record of this program: 'boot' is missing", problem);
    }

    // The process that has its id here lives, or does not: neither says anything.
    [Theory]
    [MemberData(nameof(Lives))]
    public void A_run_of_another_host_is_neither_alive_nor_dead(bool lives)
    {
        var run = Records.Run() with
        {
            Runner = Elsewhere with { Process = lives ? Records.Self : Records.Dead },
            Guardian = lives ? Records.Self : Records.Dead,
        };
        Assert.Equal(
            (true, false, false, false, true), (run.IsElsewhere, run.IsRunnerAlive, run.IsGuardianAlive, run.IsDead, run.IsAttended));
        Assert.Empty(RunRemains.Abandoned(new LedgerContent([], [run with { Mark = "m" }], [])));
        Assert.Equal("", new LedgerContent([], [run], []).DamageOrigin);
    }

    [Theory]
    [MemberData(nameof(Lives))]
    public void A_run_of_an_earlier_start_of_this_host_is_dead_whatever_has_its_id_now(bool lives)
    {
        var run = Records.Run() with
        {
            Runner = RunnerIdentity.Of(lives ? Records.Self : Records.Dead) with { Boot = "another" },
            Guardian = lives ? Records.Self : Records.Dead,
        };
        Assert.Equal(
            (false, false, false, true, false), (run.IsElsewhere, run.IsRunnerAlive, run.IsGuardianAlive, run.IsDead, run.IsAttended));

        // Nor is it looked for by its id where only the fault is left.
        Assert.Single(new LedgerContent([Records.Fault() with { Runner = run.Runner }], [], []).Abandoned);
        Assert.Empty(new LedgerContent([Records.Fault() with { Runner = Elsewhere }], [], []).Abandoned);
    }

    [Fact]
    public async Task Recovery_leaves_a_run_of_another_host_alone_and_says_so()
    {
        room.Ledger.SaveRun(Records.Run() with { Runner = Elsewhere with { Process = Records.Dead }, Guardian = Records.Dead });
        room.Ledger.Save(Records.Fault() with { Runner = Elsewhere with { Process = Records.Dead } });
        var before = room.Records().Select(file => File.ReadAllText(room[Path.Combine("state", file)])).ToList();

        var reversal = new FaultReversal(room.Ledger, new FaultKinds([]), [], TimeProvider.System);
        var result = await new Recovery(room.Ledger, reversal).RunAsync();

        Assert.Empty(result.Faults);
        Assert.True(result.IsClean);
        Assert.Equal(
            "the run 'title of run' (process 2147483647 on another host (01234567)) is left alone: only there it can be told whether it goes on, and taken back what it has put in",
            Assert.Single(result.Elsewhere));
        var refused = await reversal.RevertAsync(room.Ledger.Find("fault")!);
        Assert.Equal(
            "it is of a run on another host (process 2147483647 on another host (01234567)), and can only be taken back there",
            refused.Problem);
        Assert.Null(Recovery.Notice(room.Ledger));
        Assert.Null(room.Ledger.LossOf("run"));
        Assert.Equal(before, room.Records().Select(file => File.ReadAllText(room[Path.Combine("state", file)])));
    }

    [Fact]
    public async Task The_target_of_a_fault_of_another_host_is_taken_all_the_same()
    {
        room.Ledger.SaveRun(Records.Run() with { Runner = Elsewhere });
        room.Ledger.Save(Records.Fault() with { Runner = Elsewhere });
        var refusal = await room.Ledger.ReserveAsync(
            Records.Fault("other", "r2", state: FaultState.Planned), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains(" on another host (01234567))", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void This_machine_has_a_name_that_is_not_its_machine_id()
    {
        Assert.Matches("^[0-9a-f]{32}$", Machine.Id);
        if (File.Exists("/etc/machine-id"))
        {
            Assert.NotEqual(File.ReadAllText("/etc/machine-id").Trim(), Machine.Id);
        }
    }
}

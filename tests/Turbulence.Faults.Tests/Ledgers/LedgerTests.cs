using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Events;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Ledgers;

public sealed class LedgerTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public void A_record_is_whole_on_the_disk_before_it_takes_its_name()
    {
        var files = new RecordingFiles();
        new Ledger(room.State, files).Save(Records.Fault());
        var beside = files.Done[0]["write ".Length..];
        Assert.Matches($@"^\.fault\.json\.{Environment.ProcessId}-\d+-{Machine.Id[..8]}\.new$", beside);
        Assert.Equal([$"write {beside}", $"flush {beside}", $"rename {beside} fault.json", "flush folder faults"], files.Done);
    }

    [Fact]
    public void A_record_comes_back_as_it_was_written()
    {
        var record = Records.Fault() with
        {
            Undo = new JsonObject { ["a"] = 1.5, ["b"] = new JsonArray("ü\n", null), ["c"] = new JsonObject { ["d"] = true } },
            Due = new DateTimeOffset(2026, 11, 22, 18, 0, 0, 123, TimeSpan.FromHours(2)),
            Effect = new Evidence(true, "gone"),
            Confirmation = new Evidence(true, "still \"gone\""),
            Problem = "p",
            IsIrreversible = true,
        };
        foreach (var state in Enum.GetValues<FaultState>())
        {
            room.Ledger.Save(record with { State = state });
            var read = room.Ledger.Find(record.Id)!;
            Assert.Equal(state, read.State);
            Assert.Equal(record.Undo.ToJsonString(), read.Undo.ToJsonString());
            Assert.Equal(record.Targets, read.Targets);
            Assert.Equal(record with { State = state, Undo = read.Undo, Targets = read.Targets }, read);
        }
    }

    [Fact]
    public void Folders_and_files_are_the_owners_alone()
    {
        room.Ledger.Save(Records.Fault());
        room.Ledger.SaveRun(Records.Run());
        Assert.All(
            Directory.GetDirectories(room.State).Append(room.State),
            folder =>
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder)));
        Assert.All(
            room.Records(),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(room.State, file))));
    }

    [Fact]
    public void A_folder_that_is_a_link_or_that_others_can_write_to_is_refused()
    {
        var link = room["link"];
        File.CreateSymbolicLink(link, room.State);
        Assert.Contains("is a link", new Ledger(link).Prepare(), StringComparison.Ordinal);
        var open = Directory.CreateDirectory(room["open"], (UnixFileMode)0b111_111_111).FullName;
        File.SetUnixFileMode(open, (UnixFileMode)0b111_111_111);
        Assert.Contains("can be written to by others", new Ledger(open).Prepare(), StringComparison.Ordinal);
        Assert.Equal([new DamagedFile(open, "can be written to by others")], new Ledger(open).Read().Damaged);
    }

    [Theory]
    [InlineData("faults")]
    [InlineData("runs")]
    [InlineData("locks")]
    public void A_folder_in_it_that_others_can_write_to_is_damage_for_everybody(string name)
    {
        var folder = Path.Combine(room.State, name);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        Assert.Equal([new DamagedFile(folder, "can be written to by others")], room.Ledger.Read().Damaged);
        Assert.Contains(folder, Faults.Recoveries.Recovery.Notice(room.Ledger), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_is_reported_and_nobody_waits_for_it()
    {
        Pipes.Make(Path.Combine(room.State, "faults", "fault.json"));
        Pipes.Make(Path.Combine(room.State, "halt"));
        Assert.Contains("it is not a regular file", Assert.Single(room.Ledger.Read().Damaged).Problem, StringComparison.Ordinal);
        Assert.Contains("counts as halted", room.Ledger.HaltReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_halt_mark_that_cannot_be_read_is_a_halt()
    {
        Directory.CreateDirectory(Path.Combine(room.State, "halt"));
        Assert.Contains("counts as halted", room.Ledger.HaltReason, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(room.State, "halt"));
        Assert.Null(room.Ledger.HaltReason);
        File.SetUnixFileMode(room.State, (UnixFileMode)0b111_111_111);
        Assert.Contains("can be written to by others", room.Ledger.HaltReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_faults_lock_keeps_nothing_from_being_forgotten()
    {
        room.Ledger.Save(Records.Fault("one", state: FaultState.Confirmed));
        Directory.CreateDirectory(Path.Combine(room.State, "locks", "one", "deep"));
        Directory.CreateDirectory(Path.Combine(room.State, "locks", "two"));
        room.Ledger.Remove("one");
        Assert.Empty(room.Ledger.Read().Faults);
        room.Ledger.Sweep();
    }

    [Fact]
    public void A_disk_without_room_takes_the_name_of_a_mark_and_that_is_enough()
    {
        var full = new Ledger(room.State, new FullFiles());
        full.Halt("somebody said so");
        full.MarkLost("run", "it froze");
        foreach (var ledger in (Ledger[])[full, room.Ledger])
        {
            Assert.StartsWith("everything is halted, and ", ledger.HaltReason, StringComparison.Ordinal);
            Assert.StartsWith("somebody else took its faults back", ledger.LossOf("run"), StringComparison.Ordinal);
        }

        Assert.True(full.ReleaseHalt());
        Assert.Null(room.Ledger.HaltReason);
        Assert.False(full.ReleaseHalt());
    }

    [Theory]
    [InlineData("a pipe")]
    [InlineData("nothing in it")]
    [InlineData("a link to nowhere")]
    [InlineData("not to be read")]
    public void Whatever_counts_as_a_halt_and_is_no_folder_is_taken_away_by_its_release(string what)
    {
        var mark = Path.Combine(room.State, "halt");
        switch (what)
        {
            case "a pipe": Pipes.Make(mark); break;
            case "a link to nowhere": File.CreateSymbolicLink(mark, room["nowhere"]); break;
            default: File.WriteAllText(mark, ""); break;
        }

        if (what == "not to be read")
        {
            File.SetUnixFileMode(mark, UnixFileMode.None);
        }

        Assert.NotEqual("", room.Ledger.Halted!.Reason);
        Assert.Contains("chaos halt --release", room.Ledger.Halted.Advice, StringComparison.Ordinal);
        Assert.True(room.Ledger.ReleaseHalt());
        Assert.Null(room.Ledger.Halted);
        Assert.Empty(Directory.GetFiles(room.State, "halt*"));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_halt_mark_is_left_and_the_advice_is_another()
    {
        Directory.CreateDirectory(Path.Combine(room.State, "halt", "deep"));
        Assert.Contains("by hand", room.Ledger.Halted!.Advice, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => room.Ledger.ReleaseHalt()).Message, StringComparison.Ordinal);
        Assert.NotNull(room.Ledger.Halted);
    }

    [Fact]
    public void What_is_just_being_written_is_not_swept_away_and_what_a_dead_process_left_is()
    {
        string[] names =
        [
            $".a.json.{Environment.ProcessId}-1-{Machine.Id[..8]}.new", ".b.json.1-1.new", ".another-host.json.2147483647-1-01234567.new",
            $".c.json.2147483647-1-{Machine.Id[..8]}.new", ".d.json.2147483647-1.new", ".e.json.new",
        ];
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(room.State, "faults", name), "{");
        }

        room.Ledger.Sweep();
        Assert.Equal(names[..3].Order(), room.Records().Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"targets\": 5")]
    [InlineData(", \"targets\": [null]")]
    [InlineData(", \"targets\": [], \"undo\": null")]
    public void A_record_of_the_wrong_shape_is_damage_with_its_reason(string more)
    {
        File.WriteAllText(Path.Combine(room.State, "faults", "fault.json"), $$"""
            {"schema": 1, "id": "fault", "run": "r", "kind": "k", "activity": "a", "state": "active", "planned": "1970-01-01T00:00:00.0000000+00:00",
             "runner": {"pid": 1, "start_time": 1}, "undo_text": "u"{{more}}}
            """);
        Assert.Contains(
            "is not a whole record of this program: ", Assert.Single(room.Ledger.Read().Damaged).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_says_confirmed_and_not_what_was_seen_is_damage_for_everybody()
    {
        Assert.Null(room.Ledger.Prepare());
        room.Ledger.Save(Records.Fault() with { State = FaultState.Confirmed });
        Assert.Contains(
            "it says confirmed, and not what was seen", Assert.Single(room.Ledger.Read().Damaged).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_with_what_to_do()
    {
        File.WriteAllText(room["file"], "");
        Assert.Contains(
            "set TURBULENCE_STATE to another", new Ledger(Path.Combine(room["file"], "state")).Prepare(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torn.json", """{"schema": 1, "id": "torn", "sta""", "is not a whole record")]
    [InlineData("empty.json", "", "is not a whole record")]
    [InlineData("list.json", "[]", "is not a record of this program")]
    [InlineData("newer.json", """{"schema": 2, "id": "newer"}""", "another version of this program (schema 2, not 1)")]
    [InlineData("other.json", """{"schema": 1, "id": "other"}""", "'run' is missing")]
    [InlineData("notes.txt", "hello", "is not one of this program's files")]
    [InlineData("..json", "{}", "is not one of this program's files")]
    public void What_is_not_a_whole_record_is_reported_and_the_others_are_read(string name, string content, string problem)
    {
        room.Ledger.Save(Records.Fault());
        File.WriteAllText(Path.Combine(room.State, "faults", name), content);
        var read = room.Ledger.Read();
        Assert.Single(read.Faults);
        var damaged = Assert.Single(read.Damaged);
        Assert.EndsWith(name, damaged.Path, StringComparison.Ordinal);
        Assert.Contains(problem, damaged.Problem, StringComparison.Ordinal);
        Assert.Contains(name, Faults.Recoveries.Recovery.Notice(room.Ledger), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_under_another_name_and_one_that_is_a_link_are_reported()
    {
        room.Ledger.Save(Records.Fault());
        var file = Path.Combine(room.State, "faults", "fault.json");
        File.Copy(file, Path.Combine(room.State, "faults", "copy.json"));
        File.CreateSymbolicLink(Path.Combine(room.State, "faults", "link.json"), file);
        Assert.Equal(["holds a record of another name", "is a link"], room.Ledger.Read().Damaged.Select(file => file.Problem).Order());
    }

    [Fact]
    public void A_file_that_never_took_its_place_is_not_seen()
    {
        File.WriteAllText(Path.Combine(room.State, "faults", ".fault.json.new"), "{");
        var read = room.Ledger.Read();
        Assert.Empty(read.Faults);
        Assert.Empty(read.Damaged);
    }

    [Fact]
    public void Whatever_bytes_a_file_holds_reading_ends_with_a_record_or_a_report() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            using var other = new Room();
            other.Ledger.Save(Records.Fault());
            var file = Path.Combine(other.State, "faults", "fault.json");
            var whole = File.ReadAllBytes(file);
            var at = bytes.Length % whole.Length;
            File.WriteAllBytes(file, [.. whole[..at], .. bytes]);
            var read = other.Ledger.Read();
            Assert.Equal(1, read.Faults.Count + read.Damaged.Count);
        },
        iter: 50,
        threads: 1);

    [Fact]
    public async Task A_target_is_taken_while_its_fault_may_exist_and_while_its_run_goes_on()
    {
        var stopping = TestContext.Current.CancellationToken;
        room.Ledger.SaveRun(Records.Run("alive", Records.Self));
        room.Ledger.SaveRun(Records.Run("dead"));
        Task<string?> ReserveAsync(string run, string target) =>
            room.Ledger.ReserveAsync(Records.Fault("mine", run, target, FaultState.Planned), TimeProvider.System, stopping);

        room.Ledger.Save(Records.Fault("a", "alive", "file:/a"));
        Assert.Equal("file:/a is still under the fault a (test.file) of this run", await ReserveAsync("alive", "file:/a"));
        Assert.Equal(
            $"file:/a is held by the run 'title of alive' (process {Environment.ProcessId}), for its fault a (test.file)",
            await ReserveAsync("other", "file:/a"));
        room.Ledger.Save(Records.Fault("a", "alive", "file:/a", FaultState.Confirmed));
        Assert.StartsWith("file:/a is held by the run", await ReserveAsync("other", "file:/a"), StringComparison.Ordinal);
        Assert.Null(await ReserveAsync("alive", "file:/a"));
        room.Ledger.Remove("mine");

        room.Ledger.Save(Records.Fault("b", "dead", "file:/b"));
        Assert.StartsWith(
            "file:/b is held by a run that died, 'title of dead'", await ReserveAsync("other", "file:/b"), StringComparison.Ordinal);
        room.Ledger.Save(Records.Fault("b", "dead", "file:/b", FaultState.Confirmed));
        Assert.Null(await ReserveAsync("other", "file:/b"));
    }

    [Fact]
    public async Task No_target_is_free_while_a_record_cannot_be_read()
    {
        File.WriteAllText(Path.Combine(room.State, "faults", "torn.json"), "{");
        var refusal = await room.Ledger.ReserveAsync(
            Records.Fault(state: FaultState.Planned), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains("it may be the undo of a fault on the same target", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_want_one_target_one_gets_it()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() =>
            room.Ledger.ReserveAsync(
                Records.Fault($"f{number}", $"r{number}", state: FaultState.Planned), TimeProvider.System, CancellationToken.None))));
        Assert.Single(all, refusal => refusal is null);
        Assert.Single(room.Ledger.Read().Faults);
    }

    [Fact]
    public async Task A_lock_has_one_holder_and_is_free_after_it()
    {
        var stopping = TestContext.Current.CancellationToken;
        using (var first = await room.Ledger.LockAsync("fault", TimeSpan.Zero, TimeProvider.System, stopping))
        {
            Assert.NotNull(first);
            Assert.Null(await room.Ledger.LockAsync("fault", TimeSpan.FromMilliseconds(20), TimeProvider.System, stopping));
        }

        using var second = await room.Ledger.LockAsync("fault", TimeSpan.Zero, TimeProvider.System, stopping);
        Assert.NotNull(second);
    }

    [Fact]
    public void A_process_of_an_earlier_start_of_the_machine_is_dead_whatever_has_its_id_now()
    {
        var run = Records.Run("run", Records.Self);
        Assert.True(run.IsAttended);
        Assert.False((run with { Runner = run.Runner with { Boot = "another" } }).IsAttended);
    }

    [Theory]
    [InlineData("/own", "/state", "/own")]
    [InlineData("", "/state", "/state/turbulence")]
    [InlineData(null, "relative", null)]
    [InlineData(null, null, null)]
    public void The_folder_is_where_the_variables_say(string? own, string? states, string? expected) => Assert.Equal(
        expected ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".local/state/turbulence"),
        StateFolder.Find(name => name == StateFolder.Variable ? own : states));
}

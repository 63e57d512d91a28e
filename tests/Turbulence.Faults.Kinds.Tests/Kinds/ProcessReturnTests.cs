using System.Text;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>How a program comes back: as it was to the byte, and once.</summary>
public sealed class ProcessReturnTests : IDisposable
{
    private const string Kind = "process.kill";
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Arguments_and_environment_come_back_to_the_byte()
    {
        string strange = SystemText.Decode([0xff, 0x2d, 0xc3, 0xa9, 0xed, 0xa0, 0x80, 0xfe]);
        var old = room.Start(new ProcessStartOptions
        {
            FileName = ExecutableSearch.Find("sleep")!,
            ProgramName = $"nap {strange}",
            Arguments = ["4321"],
            EnvironmentEntries = ["=X=1", $"NAME{strange}={strange}", "no sign", "", "TWICE=1", "TWICE=2", "EMOJI=\U0001f480"],
        });
        var (line, environment) = (Raw(old.Id, "cmdline"), Raw(old.Id, "environ"));
        Assert.Contains("=X=1\0", Encoding.Latin1.GetString(environment), StringComparison.Ordinal);
        await using var fault = await PlanAsync(old.Id);
        Assert.DoesNotContain(fault.Record.Targets[0].Text, char.IsSurrogate);
        await fault.InjectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        var back = Assert.Single(room.Processes);
        Assert.NotEqual(old.Id, back.Id);
        Assert.Equal(line, Raw(back.Id, "cmdline"));
        Assert.Equal(environment, Raw(back.Id, "environ"));
    }

    [Fact]
    public async Task What_another_run_starts_of_the_same_program_is_not_its_return()
    {
        var nap = new ProcessStartOptions { FileName = ExecutableSearch.Find("sleep")!, Arguments = [$"4322.{Environment.ProcessId}"] };
        var old = room.Start(nap with { EnvironmentEntries = ["TURBULENCE_RUN=ours"] });
        await using var fault = await PlanAsync(old.Id);
        await fault.InjectAsync();
        var other = room.Start(nap with { EnvironmentEntries = ["TURBULENCE_RUN=theirs"] });
        Assert.False((await fault.CheckAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        var back = Assert.Single(room.Processes, process => process.Id != other.Id);
        Assert.Equal("ours", ProcessTable.Environment(back.Id)!["TURBULENCE_RUN"]);
    }

    [Fact]
    public async Task A_supervisor_that_starts_it_again_by_itself_is_waited_for_and_its_child_recognised_by_its_program_and_first_argument()
    {
        var supervisor = await SuperviseAsync("n=0; while :; do n=$((n+1)); ./server -- 4001 $n; sleep 0.7; done");
        await using var fault = await PlanAsync(Server().Id);
        Assert.Contains($"process {supervisor.Id} (sh", fault.Record.UndoText, StringComparison.Ordinal);
        Assert.Contains("has 3 s to do so again", fault.Record.UndoText, StringComparison.Ordinal);
        await fault.InjectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(["4001", "2"], ProcessTable.CommandLine(Server().Id)!.Skip(2));
    }

    [Fact]
    public async Task Another_child_of_the_same_program_is_not_its_return()
    {
        var supervisor = await SuperviseAsync("./server 4001; ./server 5001; sleep 1002");
        await using var fault = await PlanAsync(Server().Id, 0.5);
        await fault.InjectAsync();
        await Eventually.HoldsAsync(() => Servers("5001").Length == 1);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.NotEqual(supervisor.Id, Assert.Single(Servers("4001")).ParentId);
    }

    [Fact]
    public async Task A_child_that_was_started_between_the_plan_and_the_end_of_the_program_is_not_its_return()
    {
        var supervisor = await SuperviseAsync("./server 4001 & while [ ! -e go ]; do sleep 0.05; done; ./server 4001 1 & wait; sleep 1002");
        await using var fault = await PlanAsync(Server().Id, 0.2);
        await File.WriteAllTextAsync(room["go"], "", TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => Servers("4001", "1").Length == 1);
        await fault.InjectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.NotEqual(supervisor.Id, Assert.Single(Servers("4001")).ParentId);
    }

    [Fact]
    public async Task A_supervisor_that_does_nothing_in_its_time_is_not_waited_for_any_longer()
    {
        var supervisor = await SuperviseAsync("./server 4001; sleep 1002");
        await using var fault = await PlanAsync(Server().Id, 0.2);
        await fault.InjectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.NotEqual(supervisor.Id, Server().ParentId);
    }

    [Fact]
    public async Task A_link_that_somebody_put_in_the_place_of_its_log_is_not_followed()
    {
        File.WriteAllText(room["victim"], "precious");
        var talker = room.Start(new ProcessStartOptions
        {
            FileName = ExecutableSearch.Find("sh")!,
            Arguments = ["-c", "echo started; echo > up; while :; do sleep 60; done"],
            StandardOutput = ChildOutput.AppendTo(room["log"]),
        });
        await Eventually.HoldsAsync(() => File.Exists(room["up"]));
        await using var fault = await PlanAsync(talker.Id);
        await fault.InjectAsync();
        File.Delete(room["log"]);
        File.CreateSymbolicLink(room["log"], room["victim"]);
        File.Delete(room["up"]);
        await fault.RevertAsync();
        await Eventually.HoldsAsync(() => File.Exists(room["up"]));
        Assert.Equal("precious", File.ReadAllText(room["victim"]));
    }

    private ProcessStatus Server() => Assert.Single(room.Processes, process => process.Name == "server");

    private ProcessStatus[] Servers(params string[] arguments) =>
        [.. room.Processes.Where(
            process => process.Name == "server" && ProcessTable.CommandLine(process.Id)?.Skip(1).SequenceEqual(arguments) == true)];

    private async Task<ChildProcess> SuperviseAsync(string script)
    {
        File.Copy(ExecutableSearch.Find("sleep")!, room["server"]);
        var supervisor = room.Start("sh", "-c", script);
        await Eventually.HoldsAsync(() => room.Processes.Any(process => process.Name == "server"));
        return supervisor;
    }

    private static byte[] Raw(int process, string name) => File.ReadAllBytes($"/proc/{process}/{name}");

    private async Task<FaultCase> PlanAsync(int id, double? supervisor = null)
    {
        await File.WriteAllTextAsync(room["pid"], $"{id}\n", TestContext.Current.CancellationToken);
        return await FaultCase.MakeAsync(
            Kind, FaultCase.Request(new() { ["pid_file"] = "pid", ["supervisor"] = supervisor ?? 3 }, room.Path));
    }
}

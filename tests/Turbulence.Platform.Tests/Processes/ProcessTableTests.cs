using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ProcessTableTests
{
    [Fact]
    public async Task A_process_is_described_as_it_was_started()
    {
        using var folder = new TemporaryFolder();
        await using var process = Children.Start(new()
        {
            FileName = "/bin/sleep",
            Arguments = ["300", "0"],
            WorkingDirectory = folder.Path,
            Environment = new Dictionary<string, string> { ["A"] = "1=2", ["EMPTY"] = "" },
        });

        // The kernel lets the parent go on a moment before the new program's arguments stand in its memory.
        Assert.Equal(["/bin/sleep", "300", "0"], ProcessTable.SettledCommandLine(process.Id));
        Assert.Equal(["/bin/sleep", "300", "0"], ProcessTable.CommandLine(process.Id));
        Assert.Equal(new Dictionary<string, string> { ["A"] = "1=2", ["EMPTY"] = "" }, ProcessTable.Environment(process.Id));
        Assert.Equal(folder.Path, ProcessTable.WorkingDirectory(process.Id));
        Assert.Equal("sleep", ProcessTable.Find(process.Id)?.Name);
        Assert.Contains(ProcessTable.List(), status => status.Identity == process.Identity);
    }

    [Fact]
    public async Task A_name_with_a_parenthesis_and_spaces_confuses_nobody()
    {
        using var folder = new TemporaryFolder();
        File.Copy("/bin/sleep", folder[") S 1 2 (x"]);
        await using var process = Children.Start(new() { FileName = folder[") S 1 2 (x"], Arguments = ["300"] });
        var status = ProcessTable.Find(process.Id);

        Assert.Equal((") S 1 2 (x", Environment.ProcessId, process.Id), (status?.Name, status?.ParentId ?? 0, status?.GroupId ?? 0));
    }

    [Fact]
    public async Task An_ended_process_that_nobody_reaped_is_not_alive()
    {
        // The shell would reap its child, so the child ends only after the shell has become something that does not.
        const string script = "(while [ \"$(cat /proc/$$/comm)\" != sleep ]; do :; done) & echo $!; exec sleep 300";
        await using var shell = Children.Start(Children.Script(script) with { StandardOutput = ChildOutput.Stream });
        var zombie = await Children.ReadNumberAsync(shell.StandardOutput);
        Assert.True(SpinWait.SpinUntil(() => ProcessTable.Find(zombie)?.State == 'Z', Children.Deadline));

        Assert.False(ProcessTable.Find(zombie)!.IsAlive);
        Assert.Empty(ProcessTable.CommandLine(zombie)!);
    }

    [Fact]
    public async Task The_arguments_of_a_program_that_was_just_started_are_waited_for()
    {
        for (var i = 0; i < 50; i++)
        {
            await using var process = Children.Start(new ProcessStartOptions { FileName = "/bin/sleep", Arguments = ["300"] });
            Assert.Equal(["/bin/sleep", "300"], ProcessTable.SettledCommandLine(process.Id));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public void What_is_not_there_is_null(int id)
    {
        Assert.Null(ProcessTable.Find(id));
        Assert.Null(ProcessTable.CommandLine(id));
        Assert.Null(ProcessTable.Environment(id));
        Assert.Null(ProcessTable.WorkingDirectory(id));
    }
}

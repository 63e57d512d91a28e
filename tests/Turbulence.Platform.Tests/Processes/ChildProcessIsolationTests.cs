using System.Globalization;
using System.Text;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Tests.Processes;

/// <summary>What a child gets of ours: nothing that was not asked for.</summary>
public sealed class ChildProcessIsolationTests
{
    [Fact]
    public async Task No_open_file_of_ours_is_passed_on()
    {
        using var folder = new TemporaryFolder();
        using var leaking = File.OpenHandle(folder["leaking"], FileMode.Create, FileAccess.Write);
        const int SetFlags = 2;
        Assert.Equal(0, LibC.FileControl(leaking, SetFlags, 0));

        var output = await Children.RunAsync(
            new() { FileName = "/bin/ls", Arguments = ["/proc/self/fd"], StandardOutput = ChildOutput.Capture(10_000) });

        // The fourth is the directory that ls reads.
        Assert.Equal("0\n1\n2\n3\n", output.StandardOutput.Text());
    }

    [Fact]
    public async Task No_signal_is_blocked_or_ignored()
    {
        var output = await Children.RunAsync(new()
        {
            FileName = "/bin/grep",
            Arguments = ["-E", "SigBlk|SigIgn", "/proc/self/status"],
            StandardOutput = ChildOutput.Capture(10_000),
        });

        var masks = output.StandardOutput.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => ulong.Parse(
                line.AsSpan(line.IndexOf('\t', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

        // The C library keeps signals 32 and 33 for itself.
        const ulong Ours = ~(3UL << 31);
        Assert.Equal([0UL, 0UL], masks.Select(mask => mask & Ours));
    }

    [Fact]
    public async Task A_writer_without_a_reader_dies_of_it()
    {
        var output = await Children.RunAsync(Children.Script("yes | head -n 1"));

        Assert.Equal((0, "y\n", true), (output.Status.ExitCode, output.StandardOutput.Text(), output.StandardOutput.Ended));
    }

    [Fact]
    public async Task The_standard_input_is_empty_unless_something_is_given()
    {
        Assert.Equal("/dev/null 0", (await Children.RunAsync(
            Children.Script("printf '%s ' \"$(readlink /proc/self/fd/0)\"; printf %d $(wc -c)"))).StandardOutput.Text());

        var content = Encoding.UTF8.GetBytes(new string('é', 1_000_000));
        var given = Children.Script("wc -c") with { StandardInput = ChildInput.Bytes(content) };
        Assert.Equal("2000000", (await Children.RunAsync(given)).StandardOutput.Text().Trim());

        var unread = Children.Script("exit 0") with { StandardInput = ChildInput.Bytes(content) };
        Assert.True((await Children.RunAsync(unread)).Status.IsSuccess);
    }

    [Fact]
    public async Task The_child_leads_a_session_and_a_group_of_its_own()
    {
        await using var process = Children.Start(new() { FileName = "/bin/sleep", Arguments = ["60"] });
        var status = ProcessTable.Find(process.Id);

        Assert.NotNull(status);
        Assert.Equal((process.Id, process.Id, Environment.ProcessId), (status.SessionId, status.GroupId, status.ParentId));
    }

    [Fact]
    public async Task A_child_in_our_session_is_signalled_alone()
    {
        await using var process = Children.Start(new() { FileName = "/bin/sleep", Arguments = ["60"], OwnSession = false });
        Assert.Equal(ProcessTable.Find(Environment.ProcessId)?.GroupId, ProcessTable.Find(process.Id)?.GroupId);

        Assert.True(process.SignalGroup(PosixSignalNumber.User1));

        Assert.Equal(PosixSignalNumber.User1, (await process.WaitForExitAsync(TestContext.Current.CancellationToken)).Signal);
    }
}

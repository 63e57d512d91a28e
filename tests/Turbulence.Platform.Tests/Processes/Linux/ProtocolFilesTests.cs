using System.Text;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Tests.Processes.Linux;

/// <summary>The standard streams are moved away; stand-ins for 0, 1 and 2 are used, because this process needs its own.</summary>
public sealed class ProtocolFilesTests
{
    [Fact]
    public void The_streams_move_and_what_is_printed_goes_to_the_error()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["input"], "request");
        using var input = File.OpenHandle(folder["input"]);
        using var output = File.OpenHandle(folder["output"], FileMode.Create, FileAccess.Write);
        using var error = File.OpenHandle(folder["error"], FileMode.Create, FileAccess.Write);

        var (ours, theirs) = ProtocolFiles.Take(Number(input), Number(output), Number(error));
        using (ours)
        using (theirs)
        {
            Write(theirs, "answer");
            Write(output, "printed");

            Assert.Equal("request", Read(ours));
            Assert.Equal("", Read(input));
        }

        Assert.Equal(("answer", "printed"), (File.ReadAllText(folder["output"]), File.ReadAllText(folder["error"])));
    }

    [Fact]
    public void Without_an_error_what_is_printed_is_lost()
    {
        using var folder = new TemporaryFolder();
        using var input = File.OpenHandle("/dev/null");
        using var output = File.OpenHandle(folder["output"], FileMode.Create, FileAccess.Write);

        var (ours, theirs) = ProtocolFiles.Take(Number(input), Number(output), -1);
        using (ours)
        using (theirs)
        {
            Write(output, "printed");
        }

        Assert.Equal("", File.ReadAllText(folder["output"]));
    }

    [Fact]
    public async Task Children_do_not_get_what_was_moved()
    {
        using var folder = new TemporaryFolder();
        using var input = File.OpenHandle("/dev/null");
        using var output = File.OpenHandle(folder["moved"], FileMode.Create, FileAccess.Write);

        var (ours, theirs) = ProtocolFiles.Take(Number(input), Number(output), 2);
        using (ours)
        using (theirs)
        {
            const int GetFlags = 1;
            const int CloseOnExec = 1;
            Assert.Equal((CloseOnExec, CloseOnExec), (LibC.FileControl(ours, GetFlags, 0), LibC.FileControl(theirs, GetFlags, 0)));

            var listing = await Children.RunAsync(
                new() { FileName = "/bin/ls", Arguments = ["-l", "/proc/self/fd"], StandardOutput = ChildOutput.Capture(10_000) });
            Assert.DoesNotContain(folder["moved"], listing.StandardOutput.Text(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_stream_that_is_not_open_is_an_error()
    {
        var failure = Assert.Throws<IOException>(() => ProtocolFiles.Take(int.MaxValue, int.MaxValue, 2));

        Assert.Contains("cannot be moved", failure.Message, StringComparison.Ordinal);
    }

    private static int Number(SafeFileHandle file) => (int)file.DangerousGetHandle();

    private static void Write(SafeFileHandle file, string text)
    {
        using var copy = new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false);
        using var stream = new FileStream(copy, FileAccess.Write, bufferSize: 0);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Read(SafeFileHandle file)
    {
        using var copy = new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false);
        using var reader = new StreamReader(new FileStream(copy, FileAccess.Read, bufferSize: 0));
        return reader.ReadToEnd();
    }
}

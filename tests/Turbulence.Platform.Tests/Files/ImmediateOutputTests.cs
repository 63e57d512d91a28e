using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files;
using Turbulence.Platform.Tests.Processes;

namespace Turbulence.Platform.Tests.Files;

// A child that somebody else starts just then has our pipes until it executes its program, and keeps their ends open.
[Collection(nameof(Alone))]
public sealed class ImmediateOutputTests
{
    [Fact]
    public void A_pipe_takes_a_whole_text_or_nothing_of_it_and_nobody_waits_for_its_reader()
    {
        using var reading = new AnonymousPipeServerStream(PipeDirection.In);
        using var writing = new SafeFileHandle(reading.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        var output = ImmediateOutput.Of(writing);
        Assert.NotNull(output);
        var line = new byte[1000];
        Needs.That(output.TryWrite(line), "needs Linux 6.4, whose pipes can be asked not to wait");
        var taken = 1;
        while (output.TryWrite(line))
        {
            Assert.InRange(++taken, 1, 2000);
        }

        for (var left = taken * line.Length; left > 0;)
        {
            left -= reading.Read(new byte[Math.Min(left, 100_000)]);
        }

        Assert.True(output.TryWrite(line));
        Assert.False(output.TryWrite(new byte[5000]));
        reading.Dispose();
        Assert.False(output.TryWrite(line));
    }

    [Fact]
    public void A_file_takes_everything_and_a_device_is_none()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lines");
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            Assert.True(ImmediateOutput.Of(file)!.TryWrite("one\n"u8));
            Assert.True(ImmediateOutput.Of(file)!.TryWrite("two\n"u8));
        }

        Assert.Equal("one\ntwo\n", File.ReadAllText(path));
        using var device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        Assert.Null(ImmediateOutput.Of(device));
    }
}

using System.Globalization;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Tests.Services;

public sealed class ServiceRecognitionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("rand-server 8002 primary", "/built/debug/rand-server 8002 primary", true)]
    [InlineData("samples/rand-server 8002 primary", "/other/rand-server 8002 primary", true)]
    [InlineData("rand-server 8002 primary", "/usr/bin/dotnet HERE/rand-server.dll 8002 primary", true)]
    [InlineData("rand-server 8002 primary", "dotnet exec HERE/rand-server.dll 8002 primary", true)]
    [InlineData("rand-server.cmd 8002 primary", "rand-server 8002 primary", true)]
    [InlineData("serve.sh 1", "/bin/sh -e HERE/serve.sh 1", true)]
    [InlineData("python3 serve.py 1", "/usr/bin/python3 serve.py 1", true)]
    [InlineData("sleep 1000", "sleep 1000", true)]
    [InlineData("rand-server 8002 primary", "rand-server 8002 secondary", false)]
    [InlineData("rand-server 8002 primary", "rand-server 8002 primary --failover off", false)]
    [InlineData("rand-server 8002 primary", "rand-server 8002", false)]
    [InlineData("rand-server 8002 primary", "require-rand 8002 primary", false)]
    [InlineData("sleep 1000", "python3 -m http.server 8002", false)]
    [InlineData("sleep", "nc sleep", false)]
    [InlineData("serve.sh", "nc HERE/other HERE/serve.sh", false)]
    [InlineData("rand-server", "", false)]
    public void A_command_line_is_that_of_run_by_its_file_name_and_its_arguments(string run, string line, bool same)
    {
        foreach (var name in (string[])["rand-server.dll", "serve.sh", "other"])
        {
            File.WriteAllText(Path.Combine(folder.Path, name), "");
        }

        var words = line.Replace("HERE", folder.Path, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(same, ServiceRecognition.Matches(run.Split(' '), words, Environment.ProcessId));
    }

    [Fact]
    public async Task What_run_starts_is_recognised_in_its_children_and_nobody_else_s()
    {
        var options = new ProcessStartOptions
        {
            FileName = "/bin/sh",
            Arguments = ["-c", "sleep 1000 & echo $!; wait", "marked"],
            StandardOutput = ChildOutput.Stream,
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        await using (process)
        {
            using var reader = new StreamReader(process.StandardOutput);
            var child = ProcessTable.Find(
                int.Parse((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture))!;

            Assert.True(ServiceRecognition.Is(new ServiceDefinition("s", ["sh", "-c", "sleep 1000 & echo $!; wait", "marked"]), child));
            Assert.False(ServiceRecognition.Is(new ServiceDefinition("s", ["sh", "-c", "sleep 1000", "marked"]), child));
            await process.TerminateGroupAsync(TimeSpan.Zero, TimeProvider.System);
        }
    }
}

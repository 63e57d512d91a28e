using System.Globalization;

namespace RandomNumbers.Tests.ServiceProcess;

public sealed class DaemonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string PidFile => folder["primary.pid"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_start_returns_when_the_service_answers_and_lets_go_of_the_callers_pipes()
    {
        // RunAsync waits for the end of standard output and error, which comes only when nobody holds them.
        var end = await Programs.RunAsync(folder.Path, Programs.RandServer, "0", "primary", "--daemon");
        var pid = int.Parse(await File.ReadAllTextAsync(PidFile, Deadline.Token), CultureInfo.InvariantCulture);
        try
        {
            Assert.Equal((0, ""), (end.ExitCode, end.Error));
            Assert.Matches($@"^primary listens on http://localhost:\d+, process {pid}\n$", end.Output);
            using var http = new HttpClient();
            Assert.Equal("ok\n", await http.GetStringAsync(new Uri(UrlOf(end) + "/health"), Deadline.Token));
        }
        finally
        {
            await StopAsync(pid);
        }
    }

    [Fact]
    public async Task The_service_leads_a_session_of_its_own_with_its_streams_on_dev_null()
    {
        Needs.That(OperatingSystem.IsLinux(), "read from /proc");
        await Programs.RunAsync(folder.Path, Programs.RandServer, "0", "primary", "--daemon");
        var pid = int.Parse(await File.ReadAllTextAsync(PidFile, Deadline.Token), CultureInfo.InvariantCulture);
        try
        {
            var stat = await File.ReadAllTextAsync($"/proc/{pid}/stat", Deadline.Token);
            var session = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
            Assert.Equal(pid.ToString(CultureInfo.InvariantCulture), session);
            await Eventually.HoldsAsync(
                () => Enumerable.Range(0, 3).All(stream => File.ResolveLinkTarget($"/proc/{pid}/fd/{stream}", false)?.Name == "null"));
            Assert.DoesNotContain(
                "--daemon", await File.ReadAllTextAsync($"/proc/{pid}/cmdline", Deadline.Token), StringComparison.Ordinal);
        }
        finally
        {
            await StopAsync(pid);
        }
    }

    [Fact]
    public async Task Command_substitution_returns_even_when_another_descriptor_holds_its_pipe()
    {
        var end = await Programs.RunAsync(
            folder.Path, "sh", "-c", "x=$(\"$0\" 0 primary --daemon 3>&1 7>&1); echo \"got: $x\"", Programs.RandServer);
        var pid = int.Parse(await File.ReadAllTextAsync(PidFile, Deadline.Token), CultureInfo.InvariantCulture);
        await StopAsync(pid);
        Assert.StartsWith("got: primary listens on ", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_hosted_by_dotnet_starts_as_a_daemon_too()
    {
        var end = await Programs.RunAsync(folder.Path, "dotnet", Programs.RandServer + ".dll", "0", "primary", "--daemon");
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        await StopAsync(int.Parse(await File.ReadAllTextAsync(PidFile, Deadline.Token), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Require_rand_starts_as_a_daemon_too()
    {
        var end = await Programs.RunAsync(folder.Path, Programs.RequireRand, "--port", "0", "--daemon");
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        await StopAsync(int.Parse(await File.ReadAllTextAsync(folder["require_rand.pid"], Deadline.Token), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_service_that_does_not_get_ready_says_why()
    {
        await using var owner = await RunningService.RandServerAsync(folder, "secondary");
        var end = await Programs.RunAsync(folder.Path, Programs.RandServer, $"{owner.Port}", "primary", "--daemon");
        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.Equal($"primary cannot start: port {owner.Port} is taken by another process\n", end.Error);
        Assert.False(File.Exists(PidFile));
    }

    private static string UrlOf(ProgramEnd end) =>
        end.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal));

    private async Task StopAsync(int pid)
    {
        await Programs.SignalAsync("TERM", pid);
        await Eventually.HoldsAsync(() => Directory.GetFiles(folder.Path).Length == 0);
    }
}

using System.Globalization;

namespace RandomNumbers.Tests.ServiceProcess;

public sealed class PidFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string PidFile => folder["primary.pid"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [GateData("INT")]
    public async Task The_file_is_there_when_the_service_is_ready_and_gone_after_a_clean_stop(string signal)
    {
        await using var server = await RunningService.RandServerAsync(folder);
        await using var entrance = await RunningService.RequireRandAsync(folder, [server.Url]);
        Assert.Equal($"{server.Pid}\n", await File.ReadAllTextAsync(PidFile, Deadline.Token));
        Assert.Equal($"{entrance.Pid}\n", await File.ReadAllTextAsync(folder["require_rand.pid"], Deadline.Token));
        using var response = await entrance.GetAsync("/index/10");

        // Idle connections from users and between the services must not hold up either stop.
        Assert.Equal(0, await server.EndAsync(signal));
        Assert.Equal(0, await entrance.EndAsync(signal));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_file_that_became_anothers_is_left_alone()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        await File.WriteAllTextAsync(PidFile, "1\n", Deadline.Token);
        Assert.Equal(0, await server.EndAsync("TERM"));
        Assert.Equal("1\n", await File.ReadAllTextAsync(PidFile, Deadline.Token));
    }

    [Fact]
    public async Task A_file_that_was_removed_is_not_missed()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        File.Delete(PidFile);
        Assert.Equal(0, await server.EndAsync("TERM"));
    }

    [Fact]
    public async Task A_killed_services_file_is_replaced()
    {
        await using var killed = await RunningService.RandServerAsync(folder);
        await killed.EndAsync("KILL");
        Assert.True(File.Exists(PidFile));
        await AssertReplacedAsync();
    }

    [Theory]
    [InlineData("")]
    [GateData("no number")]
    [InlineData("-1")]
    [GateData("0")]
    [InlineData("99999999999999999999")]
    [GateData("4194305")]
    public async Task A_file_that_means_no_process_is_replaced(string content)
    {
        await File.WriteAllTextAsync(PidFile, content, Deadline.Token);
        await AssertReplacedAsync();
    }

    [Fact]
    public async Task A_file_that_means_another_program_is_replaced()
    {
        await File.WriteAllTextAsync(PidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Deadline.Token);
        await AssertReplacedAsync();
    }

    [Fact]
    public async Task A_file_older_than_its_process_is_replaced()
    {
        using var elsewhere = new TemporaryFolder();
        await using var other = await RunningService.RandServerAsync(elsewhere, "secondary");
        await File.WriteAllTextAsync(PidFile, other.Pid.ToString(CultureInfo.InvariantCulture), Deadline.Token);
        File.SetLastWriteTime(PidFile, new DateTime(2020, 1, 1));
        await AssertReplacedAsync();
    }

    [Fact]
    public async Task The_file_of_a_killed_service_that_nobody_reaped_is_replaced()
    {
        Needs.That(OperatingSystem.IsLinux(), "zombies are told from processes by /proc");

        // The shell becomes sleep, which never asks for its children's end.
        using var parent = Programs.Start(folder.Path, "sh", "-c", "\"$0\" 0 primary & exec sleep 600", Programs.RandServer);
        try
        {
            Assert.NotNull(await parent.StandardOutput.ReadLineAsync(Deadline.Token));
            var pid = int.Parse(await File.ReadAllTextAsync(PidFile, Deadline.Token), CultureInfo.InvariantCulture);
            await Programs.SignalAsync("KILL", pid);
            await Eventually.HoldsAsync(() => File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
            await AssertReplacedAsync();
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public async Task A_second_service_of_the_same_name_is_refused()
    {
        await using var first = await RunningService.RandServerAsync(folder);
        var second = await Programs.RunAsync(folder.Path, Programs.RandServer, "0", "primary");
        Assert.Equal((1, ""), (second.ExitCode, second.Output));
        Assert.Equal($"primary cannot start: primary already runs as process {first.Pid}, says {PidFile}\n", second.Error);
        Assert.Equal($"{first.Pid}\n", await File.ReadAllTextAsync(PidFile, Deadline.Token));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_stops_the_start()
    {
        Directory.CreateDirectory(PidFile);
        var end = await Programs.RunAsync(folder.Path, Programs.RandServer, "0", "primary");
        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.StartsWith($"primary cannot start: cannot write {PidFile}: ", end.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_taken_port_is_named_and_the_owners_file_stays()
    {
        await using var owner = await RunningService.RandServerAsync(folder);
        var end = await Programs.RunAsync(folder.Path, Programs.RandServer, $"{owner.Port}", "primary");
        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.Equal($"primary cannot start: port {owner.Port} is taken by another process\n", end.Error);
        Assert.Equal($"{owner.Pid}\n", await File.ReadAllTextAsync(PidFile, Deadline.Token));
    }

    private async Task AssertReplacedAsync()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        Assert.Equal($"{server.Pid}\n", await File.ReadAllTextAsync(PidFile, Deadline.Token));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}

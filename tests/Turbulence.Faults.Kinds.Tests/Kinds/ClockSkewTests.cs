using System.Text.Json.Nodes;
using Turbulence.Faults.Clocks;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class ClockSkewTests : IDisposable
{
    private const string Kind = "clock.skew";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("+400d", 400)]
    [InlineData("-800d", -800)]
    public async Task The_clock_of_a_program_and_of_what_it_starts_is_moved_there_and_back(string offset, int days)
    {
        var shell = await StartClockAsync();
        var today = TimeProvider.System.GetUtcNow();
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid"] = shell.Id, ["offset"] = offset }));
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        await Eventually.HoldsAsync(() => Math.Abs((Read() - today).TotalDays - days) < 1);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        await Eventually.HoldsAsync(() => Math.Abs((Read() - today).TotalDays) < 1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(room["clocks/one"]));
    }

    [Fact]
    public async Task Whoever_has_the_machine_s_clock_is_refused() => Assert.Contains(
        "has the machine's clock: only a service can be hit that the run itself starts, with \"clock\": \"adjustable\"",
        await FaultCase.RefusalAsync(Kind, new() { ["pid"] = room.StartSleeper().Id, ["offset"] = "+1h" }),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_clock_that_is_moved_already_is_refused()
    {
        var shell = await StartClockAsync();
        File.WriteAllText(room["clocks/one"], "+5\n");
        Assert.Contains(
            "is moved already",
            await FaultCase.RefusalAsync(Kind, new() { ["pid"] = shell.Id, ["offset"] = "+1h" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_has_written_meanwhile_is_left_and_told()
    {
        var shell = await StartClockAsync();
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid"] = shell.Id, ["offset"] = "+1h" }));
        await fault.InjectAsync();
        File.WriteAllText(room["clocks/one"], "+5\n");
        Assert.False((await fault.ObserveAsync()).Seen);
        Assert.Contains("holds +5, which is not of this fault", await fault.TryRevertAsync(), StringComparison.Ordinal);
        Assert.False((await fault.CheckAsync()).Seen);
        File.WriteAllText(room["clocks/one"], "+0\n");
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_service_that_has_ended_has_taken_its_clock_with_it()
    {
        var shell = await StartClockAsync();
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid"] = shell.Id, ["offset"] = "+1h" }));
        await fault.InjectAsync();
        shell.SignalGroup(PosixSignalNumber.Kill);
        File.Delete(room["clocks/one"]);
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        Assert.Contains("is gone with its service", (await fault.CheckAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "offset": "0" }""")]
    [InlineData("""{ "offset": "tomorrow" }""")]
    [InlineData("""{ "offset": "+1w" }""")]
    [InlineData("""{ "offset": "+101y" }""")]
    [InlineData("""{ "offset": "++1d" }""")]
    [InlineData("""{ "offset": "" }""")]
    [InlineData("""{ }""")]
    public async Task An_offset_that_is_none_is_refused(string arguments)
    {
        var all = JsonNode.Parse(arguments)!.AsObject();
        all["pid"] = 1;
        Assert.Contains("offset", await FaultCase.RefusalAsync(Kind, all), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+400d", "+34560000", "400 days ahead")]
    [InlineData("-1h", "-3600", "1 hour behind")]
    [InlineData("90", "+90", "90 seconds ahead")]
    [InlineData("2m", "+120", "2 minutes ahead")]
    [InlineData("1y", "+31536000", "365 days ahead")]
    public void An_offset_is_read(string text, string file, string words)
    {
        Assert.True(ClockOffset.TryRead(text, out var offset));
        Assert.Equal((file, words), (offset.File, offset.Text));
    }

    private async Task<ChildProcess> StartClockAsync()
    {
        var shell = room.Start(new ProcessStartOptions
        {
            FileName = "/bin/sh",
            Arguments = ["-c", "while :; do date +%s >said.new; mv said.new said; sleep 0.05; done"],
            Environment = FakeTime.Environment(room["clocks/one"]),
        });
        await Eventually.HoldsAsync(() => File.Exists(room["said"]) && ClockFile.IsRead(shell.Id));
        return shell;
    }

    private DateTimeOffset Read() =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(File.ReadAllText(room["said"]), System.Globalization.CultureInfo.InvariantCulture));
}

using System.Text.Json.Nodes;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class DnsHostsTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x31, 0xff, 0xfe, 0x00, 0x0d, 0x0a, 0xe2 })]
    public async Task Exactly_the_lines_of_the_fault_come_and_go(byte[] original)
    {
        File.WriteAllBytes(room["hosts"], original);
        File.SetUnixFileMode(room["hosts"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await using var fault = await PlanAsync("shop.test");
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.Matches(
            $"(^|\n)# turbulence {fault.Record.Id} begin.*\n127.0.0.9 shop.test\n# turbulence {fault.Record.Id} end\n$",
            File.ReadAllText(room["hosts"]));
        await fault.RevertAsync();
        Assert.Equal(original, File.ReadAllBytes(room["hosts"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(room["hosts"]));
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task What_others_write_meanwhile_stays_and_so_does_another_fault()
    {
        File.WriteAllText(room["hosts"], "127.0.0.1 localhost\n");
        await using var first = await PlanAsync("one.test");
        await first.InjectAsync();
        await using var second = await PlanAsync("two.test");
        await second.InjectAsync();
        File.AppendAllText(room["hosts"], "127.0.0.2 new\n");
        await first.RevertAsync();
        await second.SeeEffectAsync();
        await second.RevertAsync();
        Assert.Equal("127.0.0.1 localhost\n127.0.0.2 new\n", File.ReadAllText(room["hosts"]));
    }

    [Fact]
    public async Task No_line_of_a_program_that_appends_is_lost_and_the_file_stays_the_same_file()
    {
        const int Lines = 5000;
        File.WriteAllText(room["hosts"], "127.0.0.1 localhost\n");
        var node = FileStatus.Read(room["hosts"])!.Node;
        var appending = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Lines; i++)
                {
                    File.AppendAllText(room["hosts"], $"127.0.1.1 host{i}\n");
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var rounds = 0;
        for (; !appending.IsCompleted || rounds == 0; rounds++)
        {
            await using var fault = await PlanAsync($"shop{rounds}.test");
            await fault.InjectAsync();
            await fault.RevertAsync();
            await fault.SeeItBackAsync();
        }

        await appending;
        Assert.Equal(
            Enumerable.Range(0, Lines).Select(i => $"127.0.1.1 host{i}").Prepend("127.0.0.1 localhost"),
            File.ReadAllLines(room["hosts"]));
        Assert.Equal(node, FileStatus.Read(room["hosts"])!.Node);
        Assert.Equal([room["hosts"]], Directory.GetFiles(room.Path));
    }

    [Fact]
    public async Task While_another_program_keeps_the_file_open_the_line_is_switched_off_and_a_person_is_told()
    {
        File.WriteAllText(room["hosts"], "127.0.0.1 localhost\n");
        await using var fault = await PlanAsync("shop.test");
        await fault.InjectAsync();
        using (var other = new FileStream(room["hosts"], FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            Assert.Contains(
                "has no effect any more, but another program keeps the file open", await fault.TryRevertAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("\n127.0.0.9", File.ReadAllText(room["hosts"]), StringComparison.Ordinal);
            other.Write("127.0.0.2 new\n"u8);
        }

        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("127.0.0.1 localhost\n127.0.0.2 new\n", File.ReadAllText(room["hosts"]));
    }

    [Fact]
    public async Task A_removal_that_was_torn_between_two_pages_is_mended()
    {
        var head = string.Concat(Enumerable.Range(0, 300).Select(i => $"127.0.1.{i % 250} head{i}\n"));
        var tail = string.Concat(Enumerable.Range(0, 900).Select(i => $"127.0.2.{i % 250} tail{i}\n"));
        File.WriteAllText(room["hosts"], head);
        await using var fault = await PlanAsync("shop.test");
        await fault.InjectAsync();
        File.AppendAllText(room["hosts"], tail);
        var before = File.ReadAllText(room["hosts"]);
        var lines = before[head.Length..^tail.Length];
        var moved = head + tail + lines;
        const int Torn = 3 * 4096;
        Assert.InRange(Torn, head.Length + lines.Length, before.Length);
        File.WriteAllText(room[$".turbulence-{fault.Record.Id}-draft"], before);
        File.WriteAllText(room["hosts"], moved[..Torn] + before[Torn..] + "127.0.0.3 later\n");
        Assert.False((await fault.CheckAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(head + tail + "127.0.0.3 later\n", File.ReadAllText(room["hosts"]));
    }

    [Theory]
    [InlineData("""{ "host": "localhost" }""", "has localhost already")]
    [InlineData("""{ "host": "a b" }""", "must be a host name")]
    [InlineData("""{ "host": "a\nb" }""", "must be a host name")]
    [InlineData("""{ "host": "shop.test", "address": "shop" }""", "must be an IP address")]
    [InlineData("""{ "address": "127.0.0.1" }""", "needs the argument 'host'")]
    public async Task Arguments_that_do_not_fit_are_refused(string arguments, string expected)
    {
        File.WriteAllText(room["hosts"], "127.0.0.1\tLOCALHOST # home\n");
        var json = JsonNode.Parse(arguments)!.AsObject();
        json["file"] = "hosts";
        var planning = await FaultCase.PlanAsync("dns.hosts", FaultCase.Request(json, room.Path));
        Assert.Contains(expected, planning.Problem!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private Task<FaultCase> PlanAsync(string host) =>
        FaultCase.MakeAsync(
            "dns.hosts", FaultCase.Request(new() { ["file"] = "hosts", ["host"] = host, ["address"] = "127.0.0.9" }, room.Path));
}

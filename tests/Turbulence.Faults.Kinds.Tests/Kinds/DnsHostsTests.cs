using System.Text.Json.Nodes;

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
        Assert.StartsWith($"# turbulence {fault.Record.Id} begin\n127.0.0.9 shop.test\n# turbulence {fault.Record.Id} end\n", File.ReadAllText(room["hosts"]), StringComparison.Ordinal);
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

    [Theory]
    [InlineData("""{ "host": "localhost" }""", "has localhost already")]
    [InlineData("""{ "host": "a b" }""", "is not a host name")]
    [InlineData("""{ "host": "a\nb" }""", "is not a host name")]
    [InlineData("""{ "host": "shop.test", "address": "shop" }""", "is not an IP address")]
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
        FaultCase.MakeAsync("dns.hosts", FaultCase.Request(new() { ["file"] = "hosts", ["host"] = host, ["address"] = "127.0.0.9" }, room.Path));
}

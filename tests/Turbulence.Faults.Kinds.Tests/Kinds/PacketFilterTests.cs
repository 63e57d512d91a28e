using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary><c>network.drop</c> and <c>network.reject</c>, on ports of this machine that nobody else has.</summary>
public sealed class PacketFilterTests : IDisposable
{
    private const string Drop = "network.drop";
    private const string Reject = "network.reject";

    private readonly TcpListener server = new(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };

    public PacketFilterTests()
    {
        PacketFilter.Needed();
        server.Start();
    }

    private int Port => ((IPEndPoint)server.LocalEndpoint).Port;

    public void Dispose() => server.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "both")]
    [InlineData("127.0.0.1", "out")]
    [InlineData("127.0.0.1", "in")]
    [InlineData("::1", "both")]
    [InlineData("127.0.0.0/8", "both")]
    public async Task What_is_rejected_is_refused_at_once_and_let_through_again_when_it_is_taken_back(string address, string direction)
    {
        await using var fault = await PlanAsync(Reject, new() { ["address"] = address, ["direction"] = direction });
        await fault.InjectAsync();
        Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(address));
        await fault.SeeEffectAsync();
        Assert.Matches("has rejected [1-9]", (await fault.ObserveAsync()).Text);

        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(SocketError.Success, await ConnectAsync(address));
    }

    [Fact]
    public async Task What_is_dropped_gets_no_answer_and_is_counted()
    {
        await using var fault = await PlanAsync(Drop, new() { ["protocol"] = "tcp" });
        await fault.InjectAsync();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var connecting = client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken).AsTask();
        await Eventually.HoldsAsync(async () => !(await fault.ObserveAsync()).Text.Contains(" 0 packets", StringComparison.Ordinal));
        Assert.False(connecting.IsCompleted);

        // The system sends it once more, and then it gets through.
        await fault.RevertAsync();
        await connecting;
    }

    [Fact]
    public async Task A_connection_that_is_there_already_is_hit_as_well()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        using var accepted = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var fault = await PlanAsync(Reject, new() { ["direction"] = "out" });
        await fault.InjectAsync();
        await client.GetStream().WriteAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<IOException>(
            async () => await client.GetStream().ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionReset, ((SocketException)failure.InnerException!).SocketErrorCode);
    }

    [Fact]
    public async Task Datagrams_are_rejected_with_a_word_and_other_ports_are_let_through()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var other = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        await using var fault = await PlanAsync(Reject, new() { ["protocol"] = "udp", ["direction"] = "in" });
        await fault.InjectAsync();
        using var sender = new UdpClient();
        sender.Connect(IPAddress.Loopback, Port);
        await sender.SendAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);
        var failure =
            await Assert.ThrowsAsync<SocketException>(async () => await sender.ReceiveAsync(TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
        Assert.Equal(SocketError.Success, await ConnectAsync("127.0.0.1"));

        await receiver.SendAsync("y"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, other), TestContext.Current.CancellationToken);
        Assert.Equal("y"u8.ToArray(), (await receiver.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer);
    }

    [Fact]
    public async Task One_that_has_met_no_packet_is_in_and_says_so()
    {
        await using var fault = await PlanAsync(Drop, []);
        await fault.InjectAsync();
        var evidence = await fault.ObserveAsync();
        Assert.True(evidence.Seen);
        Assert.Equal(0, evidence.Hits);
        Assert.Contains(" 0 packets", evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_somebody_else_removed_is_seen_to_be_gone_and_is_no_trouble_to_take_back()
    {
        await using var fault = await PlanAsync(Drop, []);
        await fault.InjectAsync();
        await NftAsync($"delete table inet turbulence_{fault.Record.Id}");
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task Other_tables_stay_as_they_are()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"turbulence_test_{Environment.ProcessId}");
        await NftAsync($"add table inet {name}; add chain inet {name} kept; add rule inet {name} kept counter");
        try
        {
            var before = await NftAsync($"list table inet {name}");
            await using (var fault = await PlanAsync(Reject, []))
            {
                await fault.InjectAsync();
            }

            Assert.Equal(before, await NftAsync($"list table inet {name}"));
        }
        finally
        {
            await NftAsync($"delete table inet {name}");
        }
    }

    [Fact]
    public async Task A_fault_in_another_network_is_never_called_gone_while_that_network_is_there()
    {
        PacketFilter.NetworksNeeded();
        await using var fault = await PlanAsync(Drop, []);
        Assert.True(ChildProcess.TryStart(
            new ProcessStartOptions
            {
                FileName = Needs.Program("unshare", "util-linux"),
                Arguments = ["--net", "sh", "-c", "echo there; read -r line"],
                StandardInput = ChildInput.Stream,
                StandardOutput = ChildOutput.Stream,
            },
            out var other,
            out var failure), failure?.Message);
        await using (other)
        {
            using var output = new StreamReader(other.StandardOutput);
            Assert.Equal("there", await output.ReadLineAsync(TestContext.Current.CancellationToken));
            fault.Record.Undo["namespace"] = new FileInfo($"/proc/{other.Id}/ns/net").LinkTarget;

            Assert.Contains(
                $"nsenter --net=/proc/{other.Id}/ns/net nft delete table inet turbulence_{fault.Record.Id}",
                await fault.TryRevertAsync(),
                StringComparison.Ordinal);
            Assert.False((await fault.CheckAsync()).Seen);
            Assert.False((await fault.ObserveAsync()).Seen);
        }

        // With its last process it is gone, and all that was in it.
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Theory]
    [InlineData("touch kept; mount --bind /proc/self/ns/net kept", "--mount", "/root.*/kept")]
    [InlineData("exec 5</proc/self/ns/net", "--net", "/fd/5")]
    public async Task A_network_without_a_process_that_a_mount_or_an_open_file_keeps_is_not_gone(string keep, string more, string entrance)
    {
        PacketFilter.NetworksNeeded();
        using var room = new Room();
        await using var fault = await PlanAsync(Drop, []);
        Needs.Program("nsenter", "util-linux");
        var script =
            $"echo $(readlink /proc/self/ns/net); {keep}; exec nsenter --net=/proc/{Environment.ProcessId}/ns/net sh -c 'echo there; read -r line'";
        Assert.True(ChildProcess.TryStart(
            new ProcessStartOptions
            {
                FileName = Needs.Program("unshare", "util-linux"),
                Arguments = ["--net", more, "sh", "-c", script],
                WorkingDirectory = room.Path,
                StandardInput = ChildInput.Stream,
                StandardOutput = ChildOutput.Stream,
            },
            out var keeper,
            out var failure), failure?.Message);
        await using (keeper)
        {
            using var output = new StreamReader(keeper.StandardOutput);
            fault.Record.Undo["namespace"] = await output.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.Equal("there", await output.ReadLineAsync(TestContext.Current.CancellationToken));

            Assert.Matches($"nsenter --net=/proc/{keeper.Id}{entrance} nft delete table", await fault.TryRevertAsync());
            Assert.False((await fault.CheckAsync()).Seen);
        }

        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Theory]
    [InlineData("{}", "would cut off the whole machine")]
    [InlineData("""{ "address": "0.0.0.0/0" }""", "is every address there is")]
    [InlineData("""{ "address": "::/0", "protocol": "tcp" }""", "is every address there is")]
    [InlineData("""{ "address": "db.example" }""", "must be an IP address")]
    [InlineData("""{ "address": "192.0.2.1; flush ruleset" }""", "must be an IP address")]
    [InlineData("""{ "cgroup": "/" }""", "the root of all control groups")]
    [InlineData("""{ "cgroup": "a\" drop; flush ruleset; #" }""", "is no path of a control group")]
    [InlineData("""{ "cgroup": "a/../b" }""", "is no path of a control group")]
    [InlineData("""{ "cgroup": "x", "pid_file": "y" }""", "at most one of service, pid, pid_file, command and cgroup")]
    [InlineData("""{ "port": 0 }""", "a whole number from 1 to 65535")]
    [InlineData("""{ "port": 80, "protocol": "sctp" }""", "one of any, tcp, udp")]
    public async Task What_cannot_be_meant_is_refused(string arguments, string reason)
    {
        foreach (var kind in (string[])[Drop, Reject])
        {
            Assert.Contains(reason, await FaultCase.RefusalAsync(kind, JsonNode.Parse(arguments)!.AsObject()), StringComparison.Ordinal);
        }
    }

    private static async Task<string> NftAsync(string commands)
    {
        Assert.True(ChildProcess.TryStart(
            new ProcessStartOptions
            {
                FileName = Needs.Program("nft", "nftables"),
                Arguments = [commands],
                StandardOutput = ChildOutput.Capture(1 << 20),
                StandardError = ChildOutput.Capture(4096),
            },
            out var nft,
            out var failure), failure?.Message);
        await using (nft)
        {
            var output = await nft.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.True(output.Status.IsSuccess, output.StandardError.Text());
            return output.StandardOutput.Text();
        }
    }

    private Task<FaultCase> PlanAsync(string kind, JsonObject arguments)
    {
        arguments["port"] = Port;
        return FaultCase.MakeAsync(kind, FaultCase.Request(arguments));
    }

    private async Task<SocketError> ConnectAsync(string address)
    {
        var to = IPAddress.Parse(address.Split('/')[0] is "127.0.0.0" ? "127.0.0.1" : address);
        using var client = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await client.ConnectAsync(to, Port, TestContext.Current.CancellationToken);
            return SocketError.Success;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode;
        }
    }
}

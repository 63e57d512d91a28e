using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Turbulence.Platform.Sockets;

namespace EndToEnd.Tests;

/// <summary>Faults of a name server that is reached through a proxy for UDP, as its clients feel them.</summary>
public sealed class DatagramFaultTests : IDisposable
{
    private const string NameServer = """
        import socket, sys
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("127.0.0.1", int(sys.argv[1])))
        print("answering", flush=True)
        while True:
            question, client = server.recvfrom(512)
            header = question[:2] + b"\x81\x80" + question[4:6] + b"\x00\x01\x00\x00\x00\x00"
            server.sendto(header + question[12:] + b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x00\x00\x09", client)
        """;

    // Asks for sixteen names at once, and again and again for those of which it hears nothing.
    private const string Resolver = """
        import socket, struct, sys, time
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.connect(("127.0.0.1", int(sys.argv[1])))
        client.settimeout(0.1)
        open, end = set(range(1, 17)), time.monotonic() + float(sys.argv[2])
        while open and time.monotonic() < end:
            for number in sorted(open):
                name = b"\x05name%c\x04test\x00" % (64 + number)
                client.send(struct.pack(">HHHHHH", number, 0x0100, 1, 0, 0, 0) + name + b"\x00\x01\x00\x01")
            try:
                while open:
                    answer = client.recv(512)
                    assert answer[-4:] == b"\x7f\x00\x00\x09", answer
                    open.discard(struct.unpack(">H", answer[:2])[0])
            except socket.timeout:
                pass
        sys.exit(1 if open else 0)
        """;

    private readonly Room room = new();
    private readonly int server = FreePort.Next();
    private readonly int proxy = FreePort.Next();

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData(
        """{ "kind": "network.loss", "arguments": { "service": "dns", "stream": "upstream", "toxicity": 0.5 } }""",
        0,
        "toxic loss is in proxy 'dns', and has hit ")]
    [InlineData(
        """{ "kind": "network.duplicate", "arguments": { "service": "dns" } }""", 0, "toxic duplicate is in proxy 'dns', and has hit ")]
    [GateData(
        """{ "kind": "network.reorder", "arguments": { "service": "dns", "stream": "upstream", "toxicity": 0.5 } }""",
        0,
        "toxic reorder is in proxy 'dns', and has hit ")]
    [GateData(
        """{ "kind": "network.latency", "arguments": { "service": "dns", "latency": 20 } }""",
        0,
        "toxic latency is in proxy 'dns', and has hit ")]
    [GateData("""{ "kind": "network.loss", "arguments": { "service": "dns" } }""", 1, "toxic loss is in proxy 'dns', and has hit ")]
    public async Task Clients_of_a_name_server_feel_what_happens_to_its_datagrams(string fault, int exitCode, string expected)
    {
        var experiment = Experiment(fault);
        var plan = await ChaosRun.RunAsync(room, "plan", experiment);
        Assert.True(plan.ExitCode == 0, plan.Said);
        Assert.Contains($"proxy   dns: udp 127.0.0.1:{proxy} -> localhost:{server}\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"hits    proxy 'dns' (udp 127.0.0.1:{proxy} -> localhost:{server}) which the run starts\n",
            plan.Output,
            StringComparison.Ordinal);

        var run = await ChaosRun.RunAsync(room, "run", experiment);

        Assert.True(run.ExitCode == exitCode, run.Said);
        Assert.Contains(
            $"Fault proxies: ready (dns udp 127.0.0.1:{proxy} -> localhost:{server}; process ", run.Said, StringComparison.Ordinal);
        Assert.Contains(expected, run.Said, StringComparison.Ordinal);
        Assert.Matches("and has hit [0-9]+ clients?, [0-9]+ datagrams?, [0-9]+ bytes", run.Said);
        var told = Assert.Single(room.Journal()["turbulence"]!["faults"]!.AsArray())!;
        Assert.Equal("confirmed", told["state"]!.GetValue<string>());
        Assert.Empty(room.Processes());
        Assert.False(ListeningProcess.IsListening(proxy, PortProtocol.Udp));
    }

    [GateFact]
    public async Task Where_nobody_asks_there_was_no_effect()
    {
        var run = await ChaosRun.RunAsync(
            room, "run", Experiment("""{ "kind": "network.loss", "arguments": { "service": "dns" } }""", asks: false));
        Assert.True(run.ExitCode == 3, run.Said);
        Assert.Contains("toxic loss is in proxy 'dns', and has hit nothing", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("run")]
    public async Task What_is_about_connections_is_refused_with_the_reason(string verb)
    {
        var refused = await ChaosRun.RunAsync(room, verb, Experiment("""{ "kind": "network.reset", "arguments": { "service": "dns" } }"""));
        Assert.True(refused.ExitCode == 64, refused.Said);
        Assert.Contains(
            "the fault proxy of service 'dns' passes datagrams of UDP on, and network.reset hits connections of TCP alone",
            refused.Said,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_the_port_is_named()
    {
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, proxy));
        var experiment = Experiment("""{ "kind": "network.loss", "arguments": { "service": "dns" } }""");
        Assert.Contains(
            $"(process {Environment.ProcessId} (", (await ChaosRun.RunAsync(room, "plan", experiment)).Output, StringComparison.Ordinal);
        var run = await ChaosRun.RunAsync(room, "run", experiment);
        Assert.True(run.ExitCode == 2, run.Said);
        Assert.Contains(
            $"the proxy 'dns' cannot listen on 127.0.0.1:{proxy}: process {Environment.ProcessId} (", run.Said, StringComparison.Ordinal);
    }

    /// <summary>A name server behind a proxy for UDP, a fault of that, and a client that has to hear of all names.</summary>
    private string Experiment(string fault, bool asks = true)
    {
        var python = Needs.PythonProgram();
        room.Write("nameserver.py", NameServer);
        room.Write("resolve.py", Resolver);
        var provider = JsonNode.Parse(fault)!.AsObject();
        provider["type"] = "fault";
        var isLost = provider["kind"]!.GetValue<string>() == "network.loss" && provider["arguments"]!["toxicity"] is null;
        var probe = asks ? new JsonArray("resolve.py", $"{proxy}", "${patience}") : new JsonArray("-c", "");
        return room.Write("names.json", new JsonObject
        {
            ["title"] = "Names are found",
            ["description"] = "They are, whatever becomes of datagrams.",
            ["configuration"] = new JsonObject { ["patience"] = isLost ? "3" : "60" },
            ["extensions"] = new JsonArray(new JsonObject
            {
                ["name"] = "turbulence",
                ["services"] = new JsonObject
                {
                    ["dns"] = new JsonObject
                    {
                        ["run"] = new JsonArray(python, "nameserver.py", $"{server}"),
                        ["ready"] = new JsonObject { ["line"] = "^answering$" },
                        ["proxy"] = new JsonObject { ["protocol"] = "udp", ["listen"] = proxy, ["upstream"] = server },
                    },
                },
            }),
            ["steady-state-hypothesis"] = new JsonObject
            {
                ["title"] = "All names are found",
                ["probes"] = new JsonArray(new JsonObject
                {
                    ["type"] = "probe",
                    ["name"] = "resolve",
                    ["tolerance"] = 0,
                    ["provider"] = new JsonObject { ["type"] = "process", ["path"] = python, ["arguments"] = probe },
                }),
            },
            ["method"] = new JsonArray(new JsonObject { ["type"] = "action", ["name"] = "hurt", ["provider"] = provider }),
        }.ToJsonString());
    }
}

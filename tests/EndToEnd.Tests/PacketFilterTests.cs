namespace EndToEnd.Tests;

/// <summary>
/// <c>network.drop</c> and <c>network.reject</c> between two networks of their own, joined by a cable (veth). Each script makes them for
/// itself, and they are gone with its last process.
/// </summary>
public sealed class PacketFilterTests : IDisposable
{
    private const string Network = """
        set -e
        chaos=$1
        ip link set lo up
        unshare --net sh -c 'echo $$ > other.new; mv other.new other.pid; exec sleep 120' & other=$!
        trap 'kill $other $served 2>/dev/null; wait' EXIT
        until [ -e other.pid ]; do sleep 0.02; done
        there() { nsenter --net=/proc/$other/ns/net "$@"; }
        ip link add here type veth peer name there netns $other
        ip addr add 10.77.0.1/24 dev here; ip link set here up
        there ip addr add 10.77.0.2/24 dev there; there ip link set there up
        there "$chaos" proxy serve --host 10.77.0.2 --port 9000 > served.txt & served=$!
        until [ -s served.txt ]; do sleep 0.02; done

        """;

    private readonly Room room = new();

    public PacketFilterTests()
    {
        PacketFilter.NetworksNeeded();
        Needs.Program("nsenter", "util-linux");
    }

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData("network.drop", "no connection within 5 s|activity took too long to complete")]
    [InlineData("network.reject", "connection refused")]
    public async Task Who_talks_to_the_other_network_feels_it_and_then_does_not_any_more(string kind, string felt)
    {
        Write(kind, "{ address: 10.77.0.2, port: 9000 }", "");
        var end = await PlayAsync(Network + """
            "$chaos" run e.yaml && code=$? || code=$?
            nft list tables > tables.txt
            exit $code
            """);
        Assert.True(end.ExitCode == 1, end.Said);
        Assert.Matches(felt, end.Said);
        Assert.Contains("taken back: the packet filter has no table", end.Said, StringComparison.Ordinal);
        Assert.Matches($"\\({kind}, 'cut'\\).*: the packet filter has (dropped|rejected) [1-9][0-9]* packets", end.Said);
        Assert.Empty(File.ReadAllText(room.File("tables.txt")));
    }

    [Fact]
    public async Task The_guardian_takes_the_table_away_when_the_runner_is_killed()
    {
        Write("network.drop", "{ address: 10.77.0.2 }", "    pauses: { after: 100 }");
        var end = await PlayAsync(Network + """
            "$chaos" run e.yaml & run=$!
            until nft list tables | grep -q 'table inet turbulence_'; do kill -0 $run; sleep 0.02; done
            kill -9 $run
            while nft list tables | grep 'table inet turbulence_'; do sleep 0.02; done
            "$chaos" proxy list --api http://10.77.0.2:9000
            """);
        Assert.True(end.ExitCode == 0, end.Said);
    }

    [GateFact]
    public async Task One_that_nobody_met_proves_nothing()
    {
        Write("network.drop", "{ address: 10.77.0.3 }", "");
        var end = await PlayAsync(Network + "\"$chaos\" run e.yaml");
        Assert.True(end.ExitCode == 3, end.Said);
        Assert.Contains("had no effect: the packet filter has dropped 0 packets", end.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_control_group_is_cut_off()
    {
        var group = $"turbulence-test-{Environment.ProcessId}";
        room.Write("e.yaml", $$"""
            title: t
            description: d
            steady-state-hypothesis:
              title: the others are answered
              probes: [{ type: probe, name: others, tolerance: 200, provider: { type: http, url: "http://10.77.0.2:9000/version", timeout: 5 } }]
            method:
              - { type: action, name: cut, provider: { type: fault, kind: network.reject, arguments: { cgroup: {{group}} } } }
              - type: probe
                name: the-group-is-refused
                tolerance: 2
                provider:
                  type: process
                  path: sh
                  arguments: [-c, 'echo 0 > /sys/fs/cgroup/{{group}}/cgroup.procs; exec "$0" proxy list --api http://10.77.0.2:9000', "{{BuiltPrograms.Chaos}}"]
            """);
        var end = await PlayAsync($"mount -t cgroup2 none /sys/fs/cgroup || exit 77\nmkdir /sys/fs/cgroup/{group} || exit 77\n" + Network + $"""
            code=0
            "$chaos" run e.yaml || code=$?
            rmdir /sys/fs/cgroup/{group}
            exit $code
            """);
        Needs.That(end.ExitCode != 77, "nothing can be mounted here");
        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Matches("the packet filter has rejected [1-9][0-9]* packets", end.Said);
    }

    private void Write(string kind, string arguments, string more) => room.Write("e.yaml", $$"""
        title: t
        description: d
        steady-state-hypothesis:
          title: answers
          probes: [{ type: probe, name: answers, tolerance: 200, provider: { type: http, url: "http://10.77.0.2:9000/version", timeout: 5 } }]
        method:
          - type: action
            name: cut
            provider: { type: fault, kind: {{kind}}, arguments: {{arguments}} }
        {{more}}
        """);

    private async Task<ChaosEnd> PlayAsync(string script)
    {
        await using var run = ChaosRun.StartProgram(
            Needs.Program("unshare", "util-linux"), room, ["--mount", "--net", "sh", "-c", script, "sh", BuiltPrograms.Chaos]);
        return await run.EndAsync();
    }
}

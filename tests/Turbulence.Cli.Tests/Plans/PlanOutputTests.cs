using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Cli.Plans;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Runs.Planning;

namespace Turbulence.Cli.Tests.Plans;

/// <summary>What <c>chaos plan</c> says of each activity that would change something, to the byte.</summary>
public sealed class PlanOutputTests
{
    private static readonly PlannedChange Planned = new()
    {
        What = "fault process.kill for 2.5 s at most",
        Kind = "process.kill",
        Duration = TimeSpan.FromSeconds(2.5),
        Does = "SIGKILL to process 4711 (server)",
        Targets = [new("process:4711:8", "process 4711 (server)")],
        Undo = "start server again",
    };

    private static readonly PlannedChange Open = new()
    {
        What = "fault process.pause until the end of the run",
        Kind = "process.pause",
        Does = "stops a process where it is, and lets it go on",
        Problem = "service 'a' does not run",
        IsOpen = true,
    };

    private static readonly PlannedChange Refused = new()
    {
        What = "fault process.x until the end of the run",
        Kind = "process.x",
        Problem = "there is no kind of fault 'process.x'",
    };

    private static readonly PlannedChange Unknown = new()
    {
        Problem = "the value of ${p} is known only when a run asks for it",
        IsOpen = true,
    };

    [Fact]
    public void It_says_what_each_does_hits_and_how_it_is_undone()
    {
        var output = new StringWriter { NewLine = "\n" };
        new PlanText(output).Write(Run());
        Assert.Equal(
            """
            A plan
            Method
              action planned: fault process.kill for 2.5 s at most
                does    SIGKILL to process 4711 (server)
                hits    process 4711 (server)
                undo    start server again
              action final: fault process.kill for 2.5 s at most
                does    SIGKILL to process 4711 (server)
                hits    process 4711 (server)
                undo    none: IRREVERSIBLE, as the experiment allows
              action open: fault process.pause until the end of the run
                does    stops a process where it is, and lets it go on
                hits    what is found once the services run; now: service 'a' does not run
              action refused: fault process.x until the end of the run
                REFUSED there is no kind of fault 'process.x'
              action unknown: fault "process.kill"
                hits    what is found once the services run; now: the value of ${p} is known only when a run asks for it
              action none: fault "process.kill"
            5 faults: 1 refused, 1 irreversible, 2 known only when the services run. Nothing was touched.

            """,
            output.ToString());
    }

    [Fact]
    public void It_says_through_which_proxies_a_service_is_reached()
    {
        var run = Run() with
        {
            Stages = [],
            Services =
            [
                new PlannedService("db", "postgres", IsRunning: false)
                {
                    Proxies = [new("shop-to-db", "shop", "127.0.0.1:15432", "localhost:5432"), new("", null, "", "", "process 7 (nc)")
                    {
                        IsUdp = true,
                    }],
                },
            ],
        };
        var output = new StringWriter { NewLine = "\n" };
        new PlanText(output).Write(run);
        Assert.StartsWith(
            """
            A plan
            Services
              db: postgres (is started, and stopped at the end)
                proxy   shop-to-db: 127.0.0.1:15432 -> localhost:5432, for shop
                proxy   ?: udp ? -> ? (process 7 (nc) listens on that port already)

            """,
            output.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            """[{"name":"shop-to-db","from":"shop","protocol":"tcp","listen":"127.0.0.1:15432","upstream":"localhost:5432","stranger":null},{"name":"","from":null,"protocol":"udp","listen":"","upstream":"","stranger":"process 7 (nc)"}]""",
            PlanJson.Of(run)["services"]![0]!["proxies"]!.ToJsonString());
    }

    [Fact]
    public void Programs_are_told_the_same()
    {
        var method = PlanJson.Of(Run())["method"]!.AsArray();
        Assert.Equal(
            [
                """{"kind":"process.kill","duration":2.5,"state":"planned","does":"SIGKILL to process 4711 (server)","targets":[{"key":"process:4711:8","text":"process 4711 (server)"}],"undo":"start server again","irreversible":false,"problem":null}""",
                """{"kind":"process.kill","duration":2.5,"state":"planned","does":"SIGKILL to process 4711 (server)","targets":[{"key":"process:4711:8","text":"process 4711 (server)"}],"undo":"start server again","irreversible":true,"problem":null}""",
                """{"kind":"process.pause","duration":null,"state":"open","does":null,"targets":[],"undo":null,"irreversible":null,"problem":"service \u0027a\u0027 does not run"}""",
                """{"kind":"process.x","duration":null,"state":"refused","does":null,"targets":[],"undo":null,"irreversible":null,"problem":"there is no kind of fault \u0027process.x\u0027"}""",
                """{"kind":null,"duration":null,"state":"open","does":null,"targets":[],"undo":null,"irreversible":null,"problem":"the value of ${p} is known only when a run asks for it"}""",
                "null",
            ],
            method.Select(activity => activity!["fault"]?.ToJsonString() ?? "null"));
    }

    [Fact]
    public void It_says_what_load_would_be_sent()
    {
        var provider = new JsonObject { ["type"] = "load", ["url"] = "http://a/", ["rate"] = 5, ["duration"] = 3 };
        PlannedStage method = new("method", "Method", [new PlannedActivity(
            new Activity(new JsonObject { ["type"] = "action", ["name"] = "many", ["provider"] = provider.DeepClone() }), provider, null)]);
        var output = new StringWriter { NewLine = "\n" };
        new PlanText(output).Write(new PlannedRun(new Experiment([], new DocumentMap(), "e.json", "/"), "A plan", [], [method])
        {
            Users = "50 requests a second, to http://b/",
        });
        Assert.StartsWith(
            """
            A plan
            Users, from when the services are up until after the closing check
              50 requests a second, to http://b/
            Method
              action many: load of 5 requests a second, to http://a/, for 3 s

            """,
            output.ToString(),
            StringComparison.Ordinal);
    }

    private static PlannedRun Run()
    {
        var experiment = new Experiment([], new DocumentMap(), "e.json", "/");
        PlannedStage method = new(
            "method",
            "Method",
            [
                Activity("planned", Planned),
                Activity("final", Planned with { IsIrreversible = true }),
                Activity("open", Open),
                Activity("refused", Refused),
                Activity("unknown", Unknown),
                Activity("none", null),
            ]);
        return new PlannedRun(experiment, "A plan", [], [method]);
    }

    private static PlannedActivity Activity(string name, PlannedChange? change)
    {
        var provider = new JsonObject { ["type"] = "fault", ["kind"] = "process.kill" };
        return new PlannedActivity(
            new Activity(new JsonObject { ["type"] = "action", ["name"] = name, ["provider"] = provider.DeepClone() }), provider, change);
    }
}

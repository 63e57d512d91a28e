using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Runs.Planning;
using Turbulence.Values;

namespace Turbulence.Runs.Tests.Planning;

/// <summary>What a run would change is asked of the providers, whatever they are called.</summary>
public sealed class RunPlannerTests
{
    private static readonly Experiment Document = new(
        JsonNode.Parse("""
            {
              "title": "t", "secrets": { "s": { "token": "not-for-your-eyes" } },
              "method": [
                { "type": "action", "name": "bend", "provider": { "type": "proxy", "to": "${token}" } },
                { "type": "probe", "name": "look", "provider": { "type": "http", "url": "http://localhost" } },
                { "ref": "bend" }
              ],
              "extensions": [{ "name": "turbulence", "services": {
                "shop": { "run": ["shop"], "ready": { "url": "http://localhost:1/" } }, "bank": { "run": ["bank"] } } }]
            }
            """)!.AsObject(),
        new DocumentMap(),
        "e.json",
        "/");

    [Fact]
    public async Task A_provider_that_changes_something_says_so_and_its_secrets_are_masked()
    {
        var proxy = new ProxyProvider(planning => new PlannedChange
        {
            What = "a proxy",
            Kind = "proxy",
            Does = $"leads to {planning.Values.Secrets["s"]!["token"]}",
            Targets = [new("port:1", "port 1 of not-for-your-eyes")],
            Undo = "not-for-your-eyes is let go",
        });
        var run = await PlanAsync(proxy);

        Assert.Equal(["bend", null, "bend"], Method(run).Select(activity => activity.Change is null ? null : activity.Activity.Name));
        var change = Method(run)[0].Change!;
        Assert.Equal(
            ("leads to *****", "port 1 of *****", "***** is let go", false),
            (change.Does, change.Targets[0].Text, change.Undo, change.IsRefused));
        Assert.Equal("*****", (string?)Method(run)[0].Provider["to"]);
        Assert.Equal(0, run.Refused);
    }

    [Fact]
    public async Task It_is_told_the_services_and_whether_they_run()
    {
        ActivityPlanning? asked = null;
        await PlanAsync(new ProxyProvider(planning =>
        {
            asked = planning;
            return null;
        }));

        Assert.Equal(["shop http://localhost:1/", "bank "], asked!.Services.Select(service => $"{service.Name} {service.ReadyUrl}"));
        Assert.False(asked.AreServicesRunning);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_what_may_be_once_the_services_run_is_not()
    {
        Assert.Equal(2, (await PlanAsync(new ProxyProvider(_ => new PlannedChange { Problem = "no port" }))).Refused);
        Assert.Equal(0, (await PlanAsync(new ProxyProvider(_ => new PlannedChange { Problem = "no port", IsOpen = true }))).Refused);
    }

    private static IReadOnlyList<PlannedActivity> Method(PlannedRun run) => run.Stages.Single(stage => stage.Key == "method").Activities;

    private static Task<PlannedRun> PlanAsync(ProxyProvider provider)
    {
        var values = new ResolvedValues([], new JsonObject { ["s"] = new JsonObject { ["token"] = "not-for-your-eyes" } });
        return new RunPlanner(new ActivityProviders(provider), Document, values).PlanAsync([], null, TestContext.Current.CancellationToken);
    }

    private sealed class ProxyProvider(Func<ActivityPlanning, PlannedChange?> plan) : IActivityProvider
    {
        public string Type => "proxy";

        public void Validate(ActivityValidation validation)
        {
        }

        public ValueTask<PlannedChange?> PlanAsync(ActivityPlanning planning, CancellationToken cancellationToken) =>
            ValueTask.FromResult(plan(planning));

        public ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is run.");
    }
}

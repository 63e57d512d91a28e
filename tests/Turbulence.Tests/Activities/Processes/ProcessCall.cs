using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Processes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Tests.Activities.Processes;

/// <summary>One activity of the process provider, carried out for real.</summary>
internal sealed class ProcessCall
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly JsonObject declaration;

    private ProcessCall(JsonObject declaration) => this.declaration = declaration;

    public List<string> Warnings { get; } = [];

    public Compatibility Compatibility { get; init; }

    public string Configuration { get; init; } = "{}";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ProcessProvider Provider { get; init; } = new();

    /// <summary>An activity with this provider, written as JSON without its type.</summary>
    public static ProcessCall Of(
        string provider,
        bool compatible = false,
        string configuration = "{}",
        string? tolerance = null,
        TimeProvider? time = null,
        ProcessProvider? runner = null)
    {
        var node = JsonNode.Parse(provider)!.AsObject();
        node["type"] = "process";
        var declaration = new JsonObject { ["type"] = "probe", ["name"] = "it", ["provider"] = node };
        if (tolerance is not null)
        {
            declaration["tolerance"] = JsonNode.Parse(tolerance);
        }

        return new ProcessCall(declaration)
        {
            Compatibility = compatible ? Compatibility.ChaosToolkit : Compatibility.None,
            Configuration = configuration,
            Time = time ?? TimeProvider.System,
            Provider = runner ?? new ProcessProvider(),
        };
    }

    /// <summary>A shell script, given as one argument of a list.</summary>
    public static ProcessCall Script(
        string script,
        string more = "{}",
        bool compatible = false,
        string configuration = "{}",
        string? tolerance = null,
        TimeProvider? time = null,
        ProcessProvider? runner = null)
    {
        var provider = JsonNode.Parse(more)!.AsObject();
        provider["path"] = "/bin/sh";
        provider["arguments"] = new JsonArray("-c", script);
        return Of(provider.ToJsonString(), compatible, configuration, tolerance, time, runner);
    }

    public async Task<ActivityResult> RunUntilAsync(CancellationToken cancellationToken)
    {
        var values = new ResolvedValues(JsonNode.Parse(Configuration)!.AsObject(), []);
        var call = new ActivityCall(new Activity(declaration), values) { Compatibility = Compatibility, Time = Time, Warn = Warnings.Add };
        return await Provider.RunAsync(call, cancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    public Task<ActivityResult> RunAsync() => RunUntilAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs it; it must succeed.</summary>
    public async Task<JsonObject> OutputAsync()
    {
        var result = await RunAsync();
        Assert.True(result.End == ActivityEnd.Succeeded, result.Message);
        return result.Output!.AsObject();
    }

    /// <summary>Runs it; it must succeed. The text of its standard output.</summary>
    public async Task<string> StandardOutputAsync() => (string)(await OutputAsync())["stdout"]!;

    public ProblemList Validate()
    {
        var problems = new ProblemList(new DocumentMap());
        Provider.Validate(new ActivityValidation(new Activity(declaration), DocumentPath.Root["method"][0], problems));
        return problems;
    }
}

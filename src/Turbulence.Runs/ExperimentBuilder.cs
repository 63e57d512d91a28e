using System.Text.Json.Nodes;
using Turbulence.Runs.Building;
using Turbulence.Runs.Loading;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs;

/// <summary>
/// Puts an experiment together by code: the same JSON as a file would hold, with delegates where a file has providers. Nothing is checked
/// here; the experiment is validated when it is prepared, as a file is.
/// </summary>
public sealed class ExperimentBuilder
{
    private readonly JsonObject document = new() { ["version"] = "1.0.0" };
    private readonly DelegateProvider delegates = new();

    internal ExperimentBuilder(string title)
    {
        document["title"] = title;
        document["description"] = title;
        document["method"] = new JsonArray();
    }

    /// <summary>What the experiment is about. Default: its title.</summary>
    public ExperimentBuilder Description(string text)
    {
        document["description"] = text;
        return this;
    }

    /// <summary>A value of the configuration, or its definition, as a file has it under <c>configuration</c>.</summary>
    public ExperimentBuilder Configuration(string name, JsonNode? value) => Put("configuration", name, value);

    /// <summary>The definition of the secrets of a scope, as a file has it under <c>secrets</c>.</summary>
    public ExperimentBuilder Secrets(string scope, JsonObject definitions) => Put("secrets", scope, definitions);

    /// <summary>How it is run, as a file has it under <c>runtime</c>.</summary>
    public ExperimentBuilder Runtime(string name, JsonNode? value) => Put("runtime", name, value);

    /// <summary>A service that is started before the run and ended after it.</summary>
    /// <param name="name">Its name, by which faults find it.</param>
    /// <param name="run">Its program, then the arguments.</param>
    /// <param name="more">What else a file would say of it: <c>needs</c>, <c>ready</c>, <c>env</c>, <c>cwd</c>, <c>proxy</c>.</param>
    public ExperimentBuilder Service(string name, IReadOnlyList<string> run, JsonObject? more = null)
    {
        var service = more?.DeepClone().AsObject() ?? [];
        service["run"] = new JsonArray([.. run.Select(static word => JsonValue.Create(word))]);
        Services[name] = service;
        return this;
    }

    /// <summary>The steady state: probes with tolerances, which are asked before, after, and after everything was taken back.</summary>
    /// <param name="title">What it says of the system.</param>
    /// <param name="probes">Puts the probes in.</param>
    public ExperimentBuilder SteadyState(string title, Action<ActivityListBuilder> probes)
    {
        var list = new JsonArray();
        probes(new ActivityListBuilder(list, delegates));
        document["steady-state-hypothesis"] = new JsonObject { ["title"] = title, ["probes"] = list };
        return this;
    }

    /// <summary>More of the method: actions, faults and probes in their order.</summary>
    public ExperimentBuilder Method(Action<ActivityListBuilder> activities) => Fill("method", activities);

    /// <summary>More of the rollbacks. Faults need none: they are taken back in every case.</summary>
    public ExperimentBuilder Rollbacks(Action<ActivityListBuilder> activities) => Fill("rollbacks", activities);

    /// <summary>Any other key of the experiment.</summary>
    public ExperimentBuilder Set(string key, JsonNode? value)
    {
        document[key] = value;
        return this;
    }

    /// <summary>The experiment as a file would hold it; one without delegates can be written down and run anywhere.</summary>
    public JsonObject ToJson() => document.DeepClone().AsObject();

    /// <summary>The experiment, to be prepared. Later calls of this builder do not change it.</summary>
    public LoadableExperiment Build() => new(new BuiltSource(ToJson(), delegates));

    /// <inheritdoc cref="LoadableExperiment.PrepareAsync"/>
    public Task<PreparedRun> PrepareAsync(RunRequest? request = null, RunPlace? place = null) => Build().PrepareAsync(request, place);

    private JsonObject Services
    {
        get
        {
            if (document["extensions"] is not JsonArray extensions)
            {
                document["extensions"] = extensions = [];
            }

            if (extensions
                .OfType<JsonObject>()
                .FirstOrDefault(static extension => (string?)extension["name"] == "turbulence") is not { } ours)
            {
                extensions.Add((JsonNode)(ours = new JsonObject { ["name"] = "turbulence" }));
            }

            return ours["services"] as JsonObject ?? (JsonObject)(ours["services"] = new JsonObject());
        }
    }

    private ExperimentBuilder Put(string block, string name, JsonNode? value)
    {
        var map = document[block] as JsonObject ?? (JsonObject)(document[block] = new JsonObject());
        map[name] = value;
        return this;
    }

    private ExperimentBuilder Fill(string block, Action<ActivityListBuilder> activities)
    {
        var list = document[block] as JsonArray ?? (JsonArray)(document[block] = new JsonArray());
        activities(new ActivityListBuilder(list, delegates));
        return this;
    }
}

using System.Text.Json.Nodes;

namespace Turbulence.Runs.Building;

/// <summary>Puts activities into a list of an experiment, one after the other.</summary>
public sealed class ActivityListBuilder
{
    private readonly JsonArray list;
    private readonly DelegateProvider delegates;

    internal ActivityListBuilder(JsonArray list, DelegateProvider delegates)
    {
        this.list = list;
        this.delegates = delegates;
    }

    /// <summary>A probe that is code.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="probe">Looks at the system. What it returns is held against the tolerance; an exception is a failure.</param>
    /// <param name="tolerance">What is expected, in any form that a file may have; null for nothing, which only a probe of the method
    /// may.</param>
    /// <param name="shape">Says more of it.</param>
    public ActivityListBuilder Probe(
        string name,
        Func<CancellationToken, ValueTask<JsonNode?>> probe,
        JsonNode? tolerance = null,
        Action<ActivityBuilder>? shape = null) =>
        Add("probe", name, delegates.Declare(name, probe), tolerance, shape);

    /// <inheritdoc cref="Probe(string, Func{CancellationToken, ValueTask{JsonNode}}, JsonNode, Action{ActivityBuilder})"/>
    public ActivityListBuilder Probe(
        string name, Func<JsonNode?> probe, JsonNode? tolerance = null, Action<ActivityBuilder>? shape = null) =>
        Probe(name, _ => ValueTask.FromResult(probe()), tolerance, shape);

    /// <summary>An action that is code.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="action">Does it; an exception is a failure.</param>
    /// <param name="shape">Says more of it.</param>
    public ActivityListBuilder Action(string name, Func<CancellationToken, ValueTask> action, Action<ActivityBuilder>? shape = null) => Add(
        "action",
        name,
        delegates.Declare(name, async cancellationToken =>
        {
            await action(cancellationToken);
            return null;
        }),
        null,
        shape);

    /// <inheritdoc cref="Action(string, Func{CancellationToken, ValueTask}, Action{ActivityBuilder})"/>
    public ActivityListBuilder Action(string name, Action action, Action<ActivityBuilder>? shape = null) => Action(
        name,
        _ =>
        {
            action();
            return ValueTask.CompletedTask;
        },
        shape);

    /// <summary>A fault, which is taken back at its duration or at the end of the run, whichever is first.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind, as <c>chaos faults kinds</c> lists them.</param>
    /// <param name="arguments">The arguments of the kind.</param>
    /// <param name="duration">How long it stays in; null until the end of the run.</param>
    /// <param name="shape">Says more of it.</param>
    public ActivityListBuilder Fault(
        string name, string kind, JsonObject arguments, TimeSpan? duration = null, Action<ActivityBuilder>? shape = null)
    {
        var provider = new JsonObject { ["type"] = "fault", ["kind"] = kind, ["arguments"] = arguments.DeepClone() };
        if (duration is { } time)
        {
            provider["duration"] = time.TotalSeconds;
        }

        return Add("action", name, provider, null, shape);
    }

    /// <summary>A probe that asks a URL.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="url">The URL.</param>
    /// <param name="tolerance">What is expected; null for status 200.</param>
    /// <param name="shape">Says more of it.</param>
    public ActivityListBuilder Http(string name, string url, JsonNode? tolerance = null, Action<ActivityBuilder>? shape = null) =>
        Add("probe", name, new JsonObject { ["type"] = "http", ["url"] = url }, tolerance ?? 200, shape);

    /// <summary>An action that runs a program.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, which no shell reads.</param>
    /// <param name="shape">Says more of it.</param>
    public ActivityListBuilder Process(string name, string path, IReadOnlyList<string> arguments, Action<ActivityBuilder>? shape = null) =>
        Add(
        "action",
        name,
        new JsonObject
        {
            ["type"] = "process",
            ["path"] = path,
            ["arguments"] = new JsonArray([.. arguments.Select(static word => JsonValue.Create(word))]),
        },
        null,
        shape);

    /// <summary>An activity of any provider, as a file has it.</summary>
    public ActivityListBuilder Add(JsonObject activity)
    {
        list.Add(activity.DeepClone());
        return this;
    }

    private ActivityListBuilder Add(string type, string name, JsonObject provider, JsonNode? tolerance, Action<ActivityBuilder>? shape)
    {
        var activity = new JsonObject { ["type"] = type, ["name"] = name, ["provider"] = provider };
        if (tolerance is not null)
        {
            activity["tolerance"] = tolerance.DeepClone();
        }

        shape?.Invoke(new ActivityBuilder(activity));
        list.Add((JsonNode)activity);
        return this;
    }
}

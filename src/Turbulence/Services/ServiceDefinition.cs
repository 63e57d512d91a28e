using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Services;

/// <summary>
/// One service of the system under test: an entry of <c>services</c> in the extension named <c>turbulence</c>. The
/// reference runner ignores it.
/// </summary>
/// <param name="Name">The entry's key.</param>
/// <param name="Run"><c>run</c>: the program and its arguments.</param>
public sealed record ServiceDefinition(string Name, IReadOnlyList<string> Run)
{
    /// <summary>The name of the extension object that holds the block.</summary>
    public const string Extension = "turbulence";

    private const string Anything = "any";

    /// <summary><c>ready.url</c>: answers with a status from 200 to 299 once the service is ready. Default: it is ready as soon as it runs.</summary>
    public Uri? ReadyUrl { get; init; }

    /// <summary><c>ready.timeout</c>, in seconds: how long to wait until it is ready. Default: 30.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>cwd</c>: where it runs, relative to the experiment file. Default: the current directory of the run.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary><c>env</c>: variables that it gets beside ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary><c>output</c>: the file that gets what it prints, relative to where it runs. Default: its name with the ending <c>.log</c>.</summary>
    public string Output { get; init; } = Name + ".log";

    /// <summary><c>stop_timeout</c>, in seconds: how long it may take to end when asked to, before it is killed. Default: 10.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// <c>adopt</c>: <c>"any"</c> lets a run use whatever has the port of <c>ready.url</c>. Default: only what is recognisably what <c>run</c> starts, by its file
    /// name and its arguments.
    /// </summary>
    public bool AdoptsAnything { get; init; }

    /// <summary>The services of an experiment, in their order.</summary>
    public static IReadOnlyList<ServiceDefinition> Read(Experiment experiment) =>
        experiment.Extension(Extension)?["services"] is JsonObject services
            ? [.. services.Where(entry => entry.Value is JsonObject).Select(entry => Read(entry.Key, (JsonObject)entry.Value!))]
            : [];

    /// <summary>Adds every problem of the block to <paramref name="problems"/>.</summary>
    internal static void Validate(JsonObject document, ProblemList problems)
    {
        for (var i = 0; document["extensions"] is JsonArray extensions && i < extensions.Count; i++)
        {
            if (extensions[i] is not JsonObject extension || PythonText.Of(extension["name"]) != Extension || extension["services"] is not { } node)
            {
                continue;
            }

            var path = DocumentPath.Root["extensions"][i]["services"];
            if (node is not JsonObject services)
            {
                problems.Error(path, "services must be a map from a name to a service");
                continue;
            }

            foreach (var (name, service) in services)
            {
                Validate(service, path[name], problems);
            }
        }
    }

    private static void Validate(JsonNode? node, DocumentPath path, ProblemList problems)
    {
        if (node is not JsonObject service)
        {
            problems.Error(path, "a service must be a map of its properties");
            return;
        }

        if (service["run"] is not JsonArray { Count: > 0 } run || run.Any(part => part?.GetValueKind() != JsonValueKind.String))
        {
            problems.Error(path, "a service must have a run entry: a list of texts, the program and its arguments");
        }

        if (service["ready"] is { } ready)
        {
            if (ready is not JsonObject || !TryUrl(ready["url"], out _))
            {
                problems.Error(path["ready"], "ready must be a map with a url that begins with http:// or https:// and names a host");
            }
            else
            {
                Seconds(ready["timeout"], path["ready"]["timeout"], problems);
            }
        }

        if (service["adopt"] is { } adopt && !(JsonTexts.TryRead(adopt, out var whom) && whom == Anything))
        {
            problems.Error(path["adopt"], $"adopt can only be \"{Anything}\": whatever has the service's port is used. Without it, only what is recognisably what run starts");
        }

        Seconds(service["stop_timeout"], path["stop_timeout"], problems);
        foreach (var key in (ReadOnlySpan<string>)["cwd", "output"])
        {
            if (service[key] is { } text && text.GetValueKind() != JsonValueKind.String)
            {
                problems.Error(path[key], $"{key} must be a text");
            }
        }

        if (service["env"] is { } env && (env is not JsonObject variables || variables.Any(entry => entry.Value?.GetValueKind() != JsonValueKind.String)))
        {
            problems.Error(path["env"], "env must be a map of texts");
        }
    }

    private static ServiceDefinition Read(string name, JsonObject service)
    {
        var definition = new ServiceDefinition(name, [.. (service["run"] as JsonArray ?? []).Select(part => PythonText.Of(part))])
        {
            ReadyUrl = TryUrl(service["ready"]?["url"], out var url) ? url : null,
            WorkingDirectory = service["cwd"] is JsonValue cwd && cwd.TryGetValue<string>(out var directory) ? directory : null,
            AdoptsAnything = JsonTexts.TryRead(service["adopt"], out var whom) && whom == Anything,
            Environment = (service["env"] as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => PythonText.Of(entry.Value)),
        };
        return definition with
        {
            Output = service["output"] is JsonValue output && output.TryGetValue<string>(out var file) ? file : definition.Output,
            ReadyTimeout = Time(service["ready"]?["timeout"]) ?? definition.ReadyTimeout,
            StopTimeout = Time(service["stop_timeout"]) ?? definition.StopTimeout,
        };
    }

    private static bool TryUrl(JsonNode? node, out Uri? url)
    {
        url = null;
        return node is JsonValue value && value.TryGetValue<string>(out var text)
            && Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https";
    }

    private static TimeSpan? Time(JsonNode? node) =>
        JsonNumbers.TryReadDouble(node, out var seconds) && seconds is > 0 and < 4_294_967 ? TimeSpan.FromSeconds(seconds) : null;

    private static void Seconds(JsonNode? node, DocumentPath path, ProblemList problems)
    {
        if (node is not null && Time(node) is null)
        {
            problems.Error(path, "a time limit must be a number of seconds above 0");
        }
    }
}

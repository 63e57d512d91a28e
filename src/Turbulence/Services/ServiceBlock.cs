using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>The <c>services</c> of an experiment.</summary>
public static class ServiceBlock
{
    // Who is needed, who is adopted and whose clock it has is no matter of values.
    private static readonly string[] Literal = ["needs", "adopt", "clock"];

    /// <summary>The services, in their order, with the values that they get.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="values">Configuration and secrets.</param>
    public static IReadOnlyList<ServiceDefinition> Read(Experiment experiment, ResolvedValues values) =>
        experiment.Extension(ServiceDefinition.Extension)?["services"] is JsonObject services
            ? [.. services.Where(entry => entry.Value is JsonObject).Select(entry => Read(entry.Key, (JsonObject)entry.Value!, values))]
            : [];

    /// <summary>The names of the services of a document, which may have other problems; null where they cannot be known.</summary>
    internal static IReadOnlyCollection<string>? Names(JsonObject document) =>
        document["extensions"] is null ? []
        : document["extensions"] is not JsonArray ? null
        : Services(document) switch
        {
            null => [],
            JsonObject services => [.. services.Select(service => service.Key)],
            _ => null,
        };

    /// <summary>The fault proxies of each service of a document, as they are declared; null where they cannot be known.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<ServiceProxy>>? Proxies(JsonObject document)
    {
        if (Services(document) is not JsonObject services)
        {
            return Names(document) is null ? null : new Dictionary<string, IReadOnlyList<ServiceProxy>>();
        }

        var reader = new ServiceReader(static (_, _) => { }, isFinal: false);
        var proxies = services.ToDictionary(
            static service => service.Key,
            service => service.Value is JsonObject map ? reader.Read(service.Key, map, DocumentPath.Root).Proxies : []);

        // One without a name cannot be read, or has a placeholder.
        return proxies.Values.SelectMany(static of => of).Any(static proxy => proxy.Name.Length == 0) ? null : proxies;
    }

    /// <summary>Adds every problem of the block to <paramref name="problems"/>.</summary>
    internal static void Validate(JsonObject document, ProblemList problems)
    {
        for (var i = 0; document["extensions"] is JsonArray extensions && i < extensions.Count; i++)
        {
            if (extensions[i] is not JsonObject extension
                || PythonText.Of(extension["name"]) != ServiceDefinition.Extension
                || extension["services"] is not { } node)
            {
                continue;
            }

            var path = DocumentPath.Root["extensions"][i]["services"];
            if (node is JsonObject services)
            {
                Validate(services, path, problems);
            }
            else
            {
                problems.Error(path, "services must be a map from a name to a service");
            }
        }
    }

    private static JsonNode? Services(JsonObject document) =>
        (document["extensions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(
            extension => PythonText.Of(extension["name"]) == ServiceDefinition.Extension)?["services"];

    private static void Validate(JsonObject services, DocumentPath path, ProblemList problems)
    {
        var reader = new ServiceReader(problems.Error, isFinal: false);
        List<ServiceDefinition> definitions = [];
        foreach (var (name, service) in services)
        {
            if (service is JsonObject map)
            {
                definitions.Add(reader.Read(name, map, path[name]));
            }
            else
            {
                problems.Error(path[name], "a service must be a map of its properties");
            }
        }

        foreach (var wrong in new ServiceOrder(definitions, [.. services.Select(entry => entry.Key)]).Problems)
        {
            problems.Error(path[wrong.Service]["needs"][wrong.Place], wrong.Message);
        }

        foreach (var wrong in ServiceProxyRules.Problems(definitions, [.. services.Select(entry => entry.Key)]))
        {
            var proxy = services[wrong.Service]![ServiceProxyReader.Key] is JsonArray
                ? path[wrong.Service][ServiceProxyReader.Key][wrong.Place]
                : path[wrong.Service][ServiceProxyReader.Key];
            problems.Error(wrong.Key is { } key ? proxy[key] : proxy, wrong.Message);
        }
    }

    private static ServiceDefinition Read(string name, JsonObject declared, ResolvedValues values)
    {
        List<string> unresolved = [];
        List<string> problems = [];
        var service = new JsonObject(declared.Select(member => KeyValuePair.Create(
            member.Key, Literal.Contains(member.Key)
                ? member.Value?.DeepClone()
                : ServicePlaceholders.Apply(member.Value, values, unresolved))));
        var definition = new ServiceReader((_, message) => problems.Add(message), isFinal: unresolved.Count == 0).Read(
            name, service, DocumentPath.Root);
        unresolved = [.. unresolved.Distinct()];
        return definition with
        {
            Unresolved = unresolved,
            Problem = unresolved.Count > 0
                ? $"{string.Join(", ", unresolved.Select(missing => $"${{{missing}}}"))} has no value in the configuration or the secrets"
                : problems.FirstOrDefault(),
        };
    }
}

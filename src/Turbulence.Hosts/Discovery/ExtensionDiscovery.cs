using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Hosts.Workers;
using Turbulence.Json;

namespace Turbulence.Hosts.Discovery;

/// <summary>
/// Asks a worker what extensions there are and what one of them offers (<c>list</c>, <c>describe</c>); nothing is installed for it.
/// </summary>
/// <param name="host">The worker of the language.</param>
public sealed class ExtensionDiscovery(WorkerHost host)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Describes one extension. Its own code is run for that.</summary>
    /// <param name="name">A Python package, or a .NET assembly or its file.</param>
    /// <param name="system">Whether the extension may look at the system that it is for.</param>
    /// <param name="cancellationToken">Ends the discovery.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DiscoveryAnswer> DescribeAsync(string name, bool system, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("describe", $"the discovery of '{name}'", Parameters, cancellationToken);
        if (!answer.IsAnswered)
        {
            return DiscoveryAnswer.None(answer.LastWords is [.., var last]
                ? $"{answer.Problem.TrimEnd('.')}; its last words: {last}"
                : answer.Problem);
        }

        if (Outcome.TryRead(answer.Result, host.Mask, out var outcome))
        {
            return DiscoveryAnswer.None(outcome.Message);
        }

        return answer.Result is JsonObject document && JsonMaps.IsReadable(document)
            ? DiscoveryAnswer.Found(document)
            : DiscoveryAnswer.None($"what '{name}' says of itself is no discovery document");

        void Parameters(Utf8JsonWriter writer)
        {
            writer.WriteString("name", name);
            writer.WriteBoolean("system", system);
        }
    }

    /// <summary>Lists what is installed.</summary>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ExtensionsAnswer> ListAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync("list", "the list of extensions", static _ => { }, cancellationToken);
        if (!answer.IsAnswered)
        {
            return new ExtensionsAnswer([], answer.Problem);
        }

        return answer.Result is JsonObject map && JsonMaps.IsReadable(map) && map["extensions"] is JsonArray list
            ? new ExtensionsAnswer([.. list.OfType<JsonObject>().Where(JsonMaps.IsReadable).Select(Extension)], null)
            : new ExtensionsAnswer([], $"the {host.Language} worker's list of extensions cannot be read");
    }

    private static InstalledExtension Extension(JsonObject entry) => new(
        Text(entry["name"]) ?? "", Text(entry["version"]) ?? "", Text(entry["license"]), Text(entry["description"]) ?? "");

    private static string? Text(JsonNode? node) => JsonTexts.TryRead(node, out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

    private Task<WorkerAnswer> AskAsync(
        string method, string subject, Action<Utf8JsonWriter> parameters, CancellationToken cancellationToken) =>
        host.CallAsync(
            new WorkerCall(method, subject, writer =>
            {
                writer.WriteStartObject();
                parameters(writer);
                writer.WriteEndObject();
            })
            { Limit = Limit },
            cancellationToken);
}

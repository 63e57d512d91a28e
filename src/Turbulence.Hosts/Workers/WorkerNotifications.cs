using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Hosts.Workers;

/// <summary>Takes what a worker sends without being asked. What is not known is ignored: a newer worker may say more.</summary>
/// <param name="log">Where lines for people go.</param>
/// <param name="exit">Called with the exit code when user code asks for the end of the run.</param>
/// <param name="environment">Hears what user code set in the worker's environment.</param>
internal sealed class WorkerNotifications(WorkerLog log, Action<int> exit, RunEnvironment environment)
{
    /// <summary>Takes one.</summary>
    public void Take(string method, JsonNode? parameters)
    {
        if (parameters is not JsonObject map || !JsonMaps.IsReadable(map))
        {
            return;
        }

        if (method == "log")
        {
            var logger = Text(map["logger"]);
            log.Logged(Level(Text(map["level"])), logger.Length == 0 || IsLibrary(logger)
                ? Text(map["message"])
                : $"{logger}: {Text(map["message"])}");
        }
        else if (method == "environment" && map["changes"] is JsonObject changes && JsonMaps.IsReadable(changes))
        {
            environment.Change(changes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : Text(pair.Value))));
        }
        else if (method == "exit")
        {
            exit(map["code"] is JsonValue value && value.TryGetValue<int>(out var code) ? code : 20);
        }
    }

    // The logger that every driver writes to says nothing about who wrote, and the reference shows its lines as they are.
    private static bool IsLibrary(string logger) => logger is "chaostoolkit" or "chaostoolkit-lib" or "logzero_default" or "logzero";

    private static string Text(JsonNode? node) => JsonTexts.TryRead(node, out var text) ? text : "";

    private static NoticeLevel Level(string word) => word switch
    {
        "debug" => NoticeLevel.Debug,
        "warning" => NoticeLevel.Warning,
        "error" => NoticeLevel.Error,
        "critical" => NoticeLevel.Critical,
        _ => NoticeLevel.Information,
    };
}

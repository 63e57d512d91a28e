using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Cli.CommandLine;
using Turbulence.Faults.Residents;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// What was seen of a running .NET process, as a discovery document of the reference (section 13): an activity for each fault that could be
/// put where the process depends on something.
/// </summary>
internal static class SpansDiscovery
{
    /// <summary>The document.</summary>
    public static JsonObject Of(int process, string text, DateTimeOffset now, IReadOnlyList<SeenOperation> seen) => new()
    {
        ["chaoslib_version"] = ProgramVersion.Text,
        ["id"] = Guid.NewGuid().ToString(),
        ["target"] = text,
        ["date"] = now.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        ["platform"] = Environment.OSVersion.VersionString,
        ["extension"] = new JsonObject { ["name"] = text, ["version"] = ProgramVersion.Text, ["license"] = null, ["description"] = null, ["author"] = null, ["url"] = null },
        ["activities"] = new JsonArray([.. SuggestedFault.For(seen).Select(fault => Activity(fault, Target(process)))]),
        ["system"] = null,
    };

    private static JsonObject Activity(SuggestedFault fault, KeyValuePair<string, JsonNode?> target)
    {
        var arguments = new JsonObject { [target.Key] = target.Value?.DeepClone() };
        foreach (var (name, value) in fault.Arguments)
        {
            arguments[name] = value?.DeepClone();
        }

        return new JsonObject
        {
            ["type"] = "action",
            ["name"] = fault.Name,
            ["doc"] = fault.Explanation,
            ["arguments"] = new JsonArray(),
            ["return_type"] = null,
            ["provider"] = new JsonObject { ["type"] = "fault", ["kind"] = fault.Kind, ["arguments"] = arguments, ["duration"] = 5 },
        };
    }

    // What names it tomorrow as well: the port that it listens on, or its command line; an id is of today.
    private static KeyValuePair<string, JsonNode?> Target(int process) =>
        ListeningProcess.Ports(process) is [var port, ..] ? new("port", port)
        : ProcessTable.CommandLine(process) is { Count: > 0 } line ? new("command", Regex.Escape(string.Join(' ', line)))
        : new("pid", process);
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Faults.Residents;

/// <summary>A fault that can be put where a running .NET process was seen to depend on something.</summary>
/// <param name="Name">What an activity can be called: <c>localhost-8002-is-slow</c>.</param>
/// <param name="Explanation">What it does, in one line.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Arguments">Its arguments, but for those that say which process.</param>
public sealed record SuggestedFault(string Name, string Explanation, string Kind, JsonObject Arguments)
{
    private const int LongestName = 60;
    private const double Delay = 0.5;

    // Those whose own exception the resident knows; see its LibraryExceptions.
    private static readonly string[] KnownLibraries = ["Npgsql", "MySqlConnector", "Grpc.Net.Client", "RabbitMQ.Client", "NATS.", "MassTransit"];

    /// <summary>The faults for what was seen, each once, in the order in which it was seen.</summary>
    public static IReadOnlyList<SuggestedFault> For(IEnumerable<SeenOperation> operations) =>
        [.. operations.SelectMany(Of).DistinctBy(static fault => fault.Name)];

    /// <summary>The faults for one operation; none where nothing could be done to it.</summary>
    public static IReadOnlyList<SuggestedFault> Of(SeenOperation seen) => seen switch
    {
        { Source: "System.Net.Http", Kind: "client" } when Host(seen) is { } host =>
        [
            Make($"{host} is slow", $"calls to {host} wait {Seconds}", "dotnet.http", ("host", host), ("delay", Delay)),
            Make($"{host} is gone", $"calls to {host} are refused", "dotnet.http", ("host", host), ("fail", "refused")),
        ],
        { Source: "System.Net.Http" } => [],
        { Source: "Microsoft.AspNetCore", Kind: "server" } when seen.Tag("http.route") is { } route =>
        [
            Make($"{route} is slow", $"requests of {route} wait {Seconds}", "dotnet.request", ("route", route), ("delay", Delay)),
            Make($"{route} fails", $"requests of {route} are answered 503", "dotnet.request", ("route", route), ("status", 503)),
        ],
        { Kind: "server" } or { Source: "" } => [],
        { Kind: "event" } =>
        [
            Make($"{seen.Source} is slow", $"commands wait {Seconds}, each on its thread", "dotnet.span", [.. Named(seen), ("delay", Delay)]),
            Make($"{seen.Source} fails", "commands fail as without their server", "dotnet.span", [.. Named(seen), ("fail", true)]),
        ],
        _ =>
        [
            Make(
                $"{Short(seen)} is slow", $"{seen.Operation} waits {Seconds}, each on its thread", "dotnet.span", [.. Named(seen), ("delay", Delay)]),
            .. seen.Kind != "consumer" && KnownLibraries.Any(known => seen.Source.StartsWith(known, StringComparison.Ordinal))
                ? [Make($"{Short(seen)} fails", $"{seen.Operation} fails as without its server", "dotnet.span", [.. Named(seen), ("fail", true)])]
                : (IEnumerable<SuggestedFault>)[],
        ],
    };

    private static string Seconds => string.Create(CultureInfo.InvariantCulture, $"{Delay} s");

    private static string Short(SeenOperation seen) =>
        seen.Operation.StartsWith(seen.Source, StringComparison.Ordinal) ? seen.Operation : $"{seen.Source} {seen.Operation}";

    private static string? Host(SeenOperation seen) => seen.Tag("server.address", "net.peer.name") is not { } address ? null
        : seen.Tag("server.port", "net.peer.port") is { } port ? $"{address}:{port}" : address;

    private static (string Name, JsonNode Value)[] Named(SeenOperation seen) =>
        [("source", seen.Source), (seen.Kind == "event" ? "event" : "operation", seen.Operation)];

    private static SuggestedFault Make(
        string name, string explanation, string kind, params (string Name, JsonNode Value)[] arguments) => new(
        Dashed(name),
        explanation,
        kind,
        new JsonObject(arguments.Select(static pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value))));

    // Letters and digits in lower case, joined by dashes: what the names of activities look like.
    private static string Dashed(string text)
    {
        var name = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                name.Append(char.ToLowerInvariant(letter));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString().Trim('-') is var found && found.Length > LongestName ? found[^LongestName..].Trim('-') : found;
    }
}

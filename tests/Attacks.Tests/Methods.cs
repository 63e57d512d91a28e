using System.Text.Json.Nodes;

namespace Attacks.Tests;

/// <summary>Experiments of a few activities, as the attacks need them.</summary>
internal static class Methods
{
    /// <summary>What the rollback of <see cref="Attack"/> leaves behind.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>An experiment whose method does what <paramref name="provider"/> says, and whose rollback is a file.</summary>
    public static string Attack(JsonObject provider, double? timeout = null, JsonNode? tolerance = null, params JsonObject[] then)
    {
        var attack = Activity("attack", provider);
        if (timeout is { } seconds)
        {
            attack["timeout"] = seconds;
        }

        if (tolerance is not null)
        {
            attack["type"] = "probe";
            attack["tolerance"] = tolerance;
        }

        return new JsonObject
        {
            ["title"] = "an attack",
            ["description"] = "d",
            ["method"] = new JsonArray([attack, .. then.Select((next, number) => Activity($"then-{number}", next))]),
            ["rollbacks"] = new JsonArray(Activity("undo", Process("touch", RolledBack))),
        }.ToJsonString();
    }

    /// <summary>The provider of a program.</summary>
    public static JsonObject Process(string path, params string[] arguments) =>
        new()
        {
            ["type"] = "process",
            ["path"] = path,
            ["arguments"] = new JsonArray([.. arguments.Select(each => JsonValue.Create(each))]),
        };

    /// <summary>The provider of a request.</summary>
    public static JsonObject Http(string url, JsonObject? headers = null)
    {
        var provider = new JsonObject { ["type"] = "http", ["url"] = url };
        if (headers is not null)
        {
            provider["headers"] = headers;
        }

        return provider;
    }

    private static JsonObject Activity(string name, JsonObject provider) =>
        new() { ["type"] = "action", ["name"] = name, ["provider"] = provider };
}

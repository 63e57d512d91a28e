using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Activities.Http;
using Turbulence.Documents;
using Turbulence.Load.Activities;
using Turbulence.Load.Requests;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Load.Users;

/// <summary>The <c>users</c> of the extension <c>turbulence</c> of an experiment, or those that somebody gives beside it.</summary>
public static class UserBlock
{
    /// <summary>What users are given as beside an experiment: where they go, and how many requests a second they make.</summary>
    public const string Form = "URL@RATE";

    private const string Shape = "users must be a map with a url and a rate";

    /// <summary>The declaration of an experiment, of whatever shape it is; null where there is none.</summary>
    /// <param name="document">The experiment.</param>
    public static JsonNode? Find(JsonObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Place(document)?.Node;
    }

    /// <summary>Reads <c>http://localhost:8001/@200</c>.</summary>
    /// <returns>The declaration; null where it is none.</returns>
    public static JsonObject? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.LastIndexOf('@');
        return at > 0 && double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            && double.IsFinite(rate)
            ? new JsonObject { ["url"] = text[..at], ["rate"] = rate }
            : null;
    }

    /// <summary>Why nobody can come as it is given beside an experiment, in one line; null where they can.</summary>
    public static string? Problem(string text)
    {
        if (Parse(text) is not { } users)
        {
            return $"'{text}' is not {Form}, such as http://localhost:8001/@200";
        }

        return Read(users, 0, null, out var problem) is null ? problem : null;
    }

    /// <summary>What a declaration would send, in a few words.</summary>
    /// <param name="declared">The declaration, with what values there are put in.</param>
    public static string Words(JsonObject declared)
    {
        ArgumentNullException.ThrowIfNull(declared);
        var where = declared["url"] is { } url ? Text(url) : $"{(declared["requests"] as JsonArray)?.Count ?? 0} kinds of requests";
        var rate = declared["rate"] is { } each
            ? $"{Text(each)} requests a second"
            : $"{Text(declared["concurrency"])} users who wait for their answers";
        return $"{rate}, to {where}{(declared["tolerance"] is JsonObject limits ? $"; deviated unless {LoadLimits.Words(limits)}" : "")}";

        static string Text(JsonNode? node) =>
            node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "?";
    }

    /// <summary>Reads a declaration.</summary>
    /// <param name="declared">The declaration, with its values put in.</param>
    /// <param name="seed">Where all chance comes from.</param>
    /// <param name="bundles">Reads the files of certificates; null where they are not looked at.</param>
    /// <param name="problem">Why there is no plan, in one line; empty where there is one.</param>
    internal static LoadPlan? Read(JsonNode declared, int seed, CertificateBundles? bundles, out string problem)
    {
        string? first = declared is JsonObject ? null : "they must be a map with a url and a rate";
        var plan = declared is JsonObject users
            ? new LoadDeclaration(users, DocumentPath.Root, (_, wrong) => first ??= wrong) { Bundles = bundles }.Read(endless: true, seed)
            : null;
        problem = plan is null ? first ?? "they cannot be read" : "";
        return plan;
    }

    /// <summary>Adds every problem of an experiment's users.</summary>
    /// <param name="document">The experiment.</param>
    /// <param name="problems">Receives the problems.</param>
    public static void Validate(JsonObject document, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (Place(document) is not { } place)
        {
            return;
        }

        if (place.Node is JsonObject users)
        {
            new LoadDeclaration(users, place.Path, problems.Error).Read(endless: true);
        }
        else
        {
            problems.Error(place.Path, Shape);
        }
    }

    private static (JsonNode Node, DocumentPath Path)? Place(JsonObject document)
    {
        for (var i = 0; document["extensions"] is JsonArray extensions && i < extensions.Count; i++)
        {
            if (extensions[i] is JsonObject extension
                && extension["name"] is JsonValue name
                && name.TryGetValue<string>(out var called)
                && called == "turbulence"
                && extension["users"] is { } users)
            {
                return (users, DocumentPath.Root["extensions"][i]["users"]);
            }
        }

        return null;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Load.Activities;

namespace Turbulence.Load.Users;

/// <summary>The <c>users</c> of the extension <c>turbulence</c> of an experiment, or those that somebody gives beside it.</summary>
public static class UserBlock
{
    /// <summary>What users are given as beside an experiment: where they go, and how many requests a second they make.</summary>
    public const string Form = "URL@RATE";

    /// <summary>The declaration of an experiment; null where there is none, or it is no map.</summary>
    /// <param name="document">The experiment.</param>
    public static JsonObject? Find(JsonObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Place(document)?.Node as JsonObject;
    }

    /// <summary>Reads <c>http://localhost:8001/@200</c>.</summary>
    /// <returns>The declaration; null where it is none.</returns>
    public static JsonObject? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.LastIndexOf('@');
        return at > 0 && double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            ? new JsonObject { ["url"] = text[..at], ["rate"] = rate }
            : null;
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
            problems.Error(place.Path, "users must be a map with a url and a rate");
        }
    }

    private static (JsonNode Node, DocumentPath Path)? Place(JsonObject document)
    {
        for (var i = 0; document["extensions"] is JsonArray extensions && i < extensions.Count; i++)
        {
            if (extensions[i] is JsonObject extension && extension["name"] is JsonValue name && name.TryGetValue<string>(out var called) && called == "turbulence" && extension["users"] is { } users)
            {
                return (users, DocumentPath.Root["extensions"][i]["users"]);
            }
        }

        return null;
    }
}

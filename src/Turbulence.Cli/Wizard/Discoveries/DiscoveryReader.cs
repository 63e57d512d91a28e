using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Loading;

namespace Turbulence.Cli.Wizard.Discoveries;

/// <summary>
/// Reads discovery documents. An activity of a .NET assembly says its provider (<c>provider</c>, or its keys beside the others); of a
/// Python package it says its module (<c>mod</c>), as in the reference.
/// </summary>
internal static class DiscoveryReader
{
    private const long LargestBytes = 64 * 1024 * 1024;

    /// <summary>Reads the document at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="document">What it holds.</param>
    /// <param name="problem">Why it cannot be read, in one line.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out DiscoveryDocument? document, [NotNullWhen(false)] out string? problem)
    {
        document = null;
        try
        {
            // A pipe or a device has no length, and reading one may never end.
            if (new FileInfo(path).Length is var length && (length == 0 || length > LargestBytes))
            {
                problem = $"The discovery document {path} is {(length == 0 ? "empty" : "too large")}";
                return false;
            }

            var read = JsonDocumentReader.Read(File.ReadAllBytes(path));
            problem = read.Problems.FirstOrDefault(static found => found.Severity == ProblemSeverity.Error) is { } mistake
                ? $"The discovery document {path} is not JSON: {mistake.Message} (line {mistake.Position?.Line})"
                : read.Root is not JsonObject { } root || root["activities"] is not JsonArray
                ? $"{path} is no discovery document: it has no list of activities"
                : null;
            if (problem is null)
            {
                document = Of((JsonObject)read.Root!, Path.GetFileName(path));
            }

            return document is not null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"The discovery document {path} cannot be read: {failure.Message}";
            return false;
        }
    }

    private static DiscoveryDocument Of(JsonObject root, string fileName)
    {
        var entries = (JsonArray)root["activities"]!;
        var activities = entries.OfType<JsonObject>().Select(Activity).OfType<DiscoveredActivity>().ToList();
        var name = Text((root["extension"] as JsonObject)?["name"]) ?? Text(root["target"]) ?? fileName;
        return new DiscoveryDocument(name, activities, entries.Count - activities.Count);
    }

    private static DiscoveredActivity? Activity(JsonObject entry)
    {
        if (Text(entry["name"]) is not { } name
            || Text(entry["type"]) is not ("probe" or "action")
            || Provider(entry, name) is not { } provider)
        {
            return null;
        }

        var explanation = (Text(entry["doc"]) ?? "").Trim().Split('\n')[0].Trim();
        var arguments = (entry["arguments"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(argument => Text(argument["name"]) is not null)
            .Select(Argument);

        // Python's two are filled in by whoever calls the function.
        return new DiscoveredActivity(
            Text(entry["type"])!,
            name,
            explanation,
            provider,
            [.. provider.ContainsKey("module")
                ? arguments.Where(argument => argument.Name is not ("configuration" or "secrets"))
                : arguments],
            Text(entry["return_type"]));
    }

    private static DiscoveredArgument Argument(JsonObject argument) => new(
        Text(argument["name"])!, Text(argument["type"]), !argument.ContainsKey("default"), argument["default"]?.DeepClone());

    private static JsonObject? Provider(JsonObject entry, string name)
    {
        if (entry["provider"] is JsonObject said)
        {
            return Text(said["type"]) is null ? null : said.DeepClone().AsObject();
        }

        if (Text(entry["assembly"]) is { } assembly && Text(entry["class"]) is { } type && Text(entry["method"]) is { } method)
        {
            return new JsonObject { ["type"] = "dotnet", ["assembly"] = assembly, ["class"] = type, ["method"] = method };
        }

        return Text(entry["mod"]) is { } module ? new JsonObject { ["type"] = "python", ["module"] = module, ["func"] = name } : null;
    }

    private static string? Text(JsonNode? node) => JsonTexts.TryRead(node, out var text) && text.Length > 0 ? text : null;
}

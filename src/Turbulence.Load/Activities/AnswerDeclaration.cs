using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Activities;

/// <summary>Reads what an answer is to be, and by what answers are told apart.</summary>
/// <param name="reading">Told what is wrong.</param>
internal sealed class AnswerDeclaration(LoadReading reading)
{
    private static readonly string[] PatternKeys = ["body", "header", "status", "pattern"];
    private static readonly string[] JsonPathKeys = ["jsonpath", "expect"];

    /// <summary>Reads the classes of answers.</summary>
    public List<AnswerClass> Classes(JsonNode? node, DocumentPath path)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not JsonObject map)
        {
            reading.Wrong(path, "classes must be a map of names to patterns");
            return [];
        }

        foreach (var (name, _) in map.Where(static member => OutcomeNames.IsTaken(member.Key)))
        {
            reading.Wrong(path[name], $"no class can be called '{name}', which is another outcome");
        }

        var read = map.Select(member => (member.Key, Pattern: Pattern(member.Value, path[member.Key])));
        return [.. read.Where(static one => one.Pattern is not null).Select(static one => new AnswerClass(one.Key, one.Pattern!))];
    }

    /// <summary>Reads what is looked for in an answer.</summary>
    /// <returns>The pattern; null where it is wrong, which was told, or a placeholder is in the way.</returns>
    public AnswerPattern? Pattern(JsonNode? node, DocumentPath place)
    {
        if (LoadReading.IsOpenText(node))
        {
            return null;
        }

        if (node is JsonObject open && LoadReading.IsOpen(open))
        {
            Known(open, place, [.. PatternKeys, .. JsonPathKeys]);
            return null;
        }

        if (node is JsonObject json && json.ContainsKey("jsonpath"))
        {
            return JsonPath(json, place);
        }

        var (part, header, pattern) = node is JsonObject map ? Part(map, place) : (AnswerPart.Body, "", LoadReading.Text(node));
        if (pattern is null)
        {
            reading.Wrong(
                place,
                """a pattern must be a text that is found in the body, or {"body": PATTERN}, {"header": NAME, "pattern": PATTERN}, {"status": PATTERN} or {"jsonpath": PATH, "expect": VALUE}""");
            return null;
        }

        try
        {
            return new AnswerPattern(pattern, part, header);
        }
        catch (ArgumentException failure)
        {
            reading.Wrong(place, $"'{pattern}' is no regular expression for an answer: {failure.Message.TrimEnd('.')}");
            return null;
        }
    }

    private AnswerPattern? JsonPath(JsonObject map, DocumentPath place)
    {
        Known(map, place, JsonPathKeys);
        if (LoadReading.Text(map["jsonpath"]) is not { } path)
        {
            reading.Wrong(place["jsonpath"], "jsonpath must be a text, such as $.server.name");
            return null;
        }

        try
        {
            return AnswerPattern.OfJsonPath(path, map.TryGetPropertyValue("expect", out var expect), expect);
        }
        catch (ArgumentException failure)
        {
            reading.Wrong(place["jsonpath"], $"'{path}' is no JSONPath: {failure.Message}");
            return null;
        }
    }

    private void Known(JsonObject map, DocumentPath place, string[] keys)
    {
        foreach (var (key, _) in map.Where(member => !keys.Contains(member.Key, StringComparer.Ordinal)))
        {
            reading.Wrong(place[key], $"'{key}' is no part of an answer{NearestWord.Hint(key, [.. PatternKeys, .. JsonPathKeys])}");
        }
    }

    private (AnswerPart Part, string Header, string? Pattern) Part(JsonObject map, DocumentPath place)
    {
        Known(map, place, PatternKeys);
        return LoadReading.Text(map["header"]) is { Length: > 0 } header ? (AnswerPart.Header, header, LoadReading.Text(map["pattern"]))
            : LoadReading.Text(map["status"]) is { } status ? (AnswerPart.Status, "", status)
            : (AnswerPart.Body, "", LoadReading.Text(map["body"]));
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Keys;

namespace Turbulence.Load.Activities;

/// <summary>
/// Reads the values of a load's declaration, and tells what is wrong with them. Read before a run, a value with a placeholder is taken for
/// one that is all right; read in one, there is none left.
/// </summary>
/// <param name="report">Told what is wrong, and where.</param>
internal sealed class LoadReading(Action<DocumentPath, string> report)
{
    /// <summary>Whether anything was wrong.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>Whether a value is a text with a placeholder: a list or a map never becomes anything else.</summary>
    public static bool IsOpenText(JsonNode? node) => node is JsonValue && IsOpen(node);

    /// <summary>Whether a placeholder is in a value.</summary>
    public static bool IsOpen(JsonNode? node) => node switch
    {
        JsonValue value => value.TryGetValue<string>(out var text) && text.Contains("${", StringComparison.Ordinal),
        JsonObject map => map.Any(static member => IsOpen(member.Value)),
        JsonArray list => list.Any(IsOpen),
        _ => false,
    };

    /// <summary>A text; null where the value is none.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A number: what the environment gives are texts, and what the configuration gives may be a number of any type.</summary>
    public static bool TryNumber(JsonNode node, out double number)
    {
        number = 0;
        var text = node.GetValueKind() == JsonValueKind.Number ? node.ToJsonString() : Text(node);
        return text is not null
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>Something is wrong.</summary>
    public void Wrong(DocumentPath place, string problem)
    {
        IsWrong = true;
        report(place, problem);
    }

    /// <summary>A number within its bounds; the fallback where there is none, or none yet.</summary>
    public double Number(JsonObject from, DocumentPath place, FormatKey key, double fallback)
    {
        if (from[key.Name] is not { } node || key.IsOpen(node))
        {
            return fallback;
        }

        if (TryNumber(node, out var number) && key.NumberForm.Allows(number))
        {
            return number;
        }

        // A word may stand in the place of some, which is another matter.
        Wrong(place[key.Name], $"{key.Name} must be {key.ExpectedNumber}, not {node.ToJsonString()}");
        return fallback;
    }

    /// <summary>The same, with the key's own default.</summary>
    public double Number(JsonObject from, DocumentPath place, FormatKey key) => Number(from, place, key, key.DefaultNumber);

    /// <summary>One of its words; the first where there is none, or none yet.</summary>
    public string Word(JsonObject from, DocumentPath place, FormatKey key)
    {
        string[] words = [.. key.Words.Select(static word => word.Word)];
        if (from[key.Name] is not { } node || key.IsOpen(node))
        {
            return words[0];
        }

        // A version may be written as a number.
        if ((Text(node) ?? node.ToJsonString()) is var word && words.Contains(word, StringComparer.Ordinal))
        {
            return word;
        }

        var hint = Text(node) is { } wrong ? NearestWord.Hint(wrong, words) : "";
        Wrong(place[key.Name], $"{key.Name} must be {string.Join(" or ", words)}, not {node.ToJsonString()}{hint}");
        return words[0];
    }

    /// <summary>A map of names to texts; what is no text stands there as JSON.</summary>
    public List<KeyValuePair<string, string>> Texts(JsonNode? node, DocumentPath place, string called)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not JsonObject map || map.Any(static member => member.Value is not JsonValue))
        {
            Wrong(place, $"{called} must be a map of names to texts");
            return [];
        }

        return [.. map.Select(static member => KeyValuePair.Create(member.Key, Text(member.Value) ?? member.Value!.ToJsonString()))];
    }
}

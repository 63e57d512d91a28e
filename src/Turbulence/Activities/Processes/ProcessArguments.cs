using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Activities.Processes;

/// <summary>
/// Makes the command of a process: a text goes through the shell, a list does not, and a map is a list of its keys and values.
/// </summary>
internal static class ProcessArguments
{
    private static readonly SearchValues<char> SafeInShell =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./+@%:,=");

    /// <summary>Makes the command.</summary>
    /// <param name="program">The program's file; null when it was not found.</param>
    /// <param name="declaration">The program's name, its arguments and its directory.</param>
    /// <param name="compatibility">Whose rules apply.</param>
    /// <param name="command">The file to execute, then its arguments.</param>
    /// <param name="failure">Why there is none.</param>
    public static bool TryMake(
        string? program,
        ProcessDeclaration declaration,
        Compatibility compatibility,
        [NotNullWhen(true)] out string[]? command,
        [NotNullWhen(false)] out ActivityResult? failure)
    {
        var compatible = compatibility == Compatibility.ChaosToolkit;
        var arguments = declaration.Arguments;
        command = null;
        failure = null;

        var isText = JsonTexts.TryRead(arguments, out var text);
        if (isText && (program is not null || compatible))
        {
            // The reference's shell is asked for the program None when there is none, which ends with status 127.
            var first = compatible ? program ?? "None" : Quoted(program!);
            command = ["/bin/sh", "-c", $"{first} {text}"];
            return true;
        }

        if ((isText ? [] : Items(arguments, compatible)) is not { } items)
        {
            failure = ActivityResult.Crashed(
                $"the arguments of a process must be a text, a list or a map, not {arguments?.ToJsonString() ?? "null"}");
            return false;
        }

        if (program is null)
        {
            failure = ActivityResult.Crashed($"path '{declaration.Path}' cannot be found");
            return false;
        }

        command = [program, .. items.Where(item => IsKept(item, compatible)).Select(item => TextOf(item!, compatibility))];
        return true;
    }

    /// <summary>The text of a value: Python's in compatibility mode, JSON's otherwise; a text as it is.</summary>
    public static string TextOf(JsonNode value, Compatibility compatibility)
    {
        if (JsonTexts.TryRead(value, out var text))
        {
            return text;
        }

        if (compatibility == Compatibility.ChaosToolkit)
        {
            return PythonText.Of(value);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static IEnumerable<JsonNode?>? Items(JsonNode? arguments, bool compatible) => arguments switch
    {
        JsonArray list => list,
        JsonObject map => map.SelectMany(pair => new[] { JsonValue.Create(pair.Key), pair.Value }),
        null when !compatible => [],
        _ => null,
    };

    /// <summary>
    /// An absent value is no argument. The reference also drops empty texts, so that there one cannot pass an empty argument.
    /// </summary>
    private static bool IsKept(JsonNode? item, bool compatible) =>
        item is not null && !(compatible && JsonTexts.TryRead(item, out var text) && text.Length == 0);

    private static string Quoted(string file) =>
        file.AsSpan().ContainsAnyExcept(SafeInShell) ? $"'{file.Replace("'", @"'\''", StringComparison.Ordinal)}'" : file;
}

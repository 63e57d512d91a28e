using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Settings;

namespace Turbulence.Cli.Wizard;

/// <summary>Writes an experiment down as people read it.</summary>
internal static class ExperimentText
{
    private static readonly JsonWriterOptions Compactly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Readably = Compactly with { Indented = true, IndentSize = 4, NewLine = "\n" };

    /// <summary>The notation that a file's extension asks for; null for an extension that no experiment can have.</summary>
    /// <param name="path">The file.</param>
    public static Func<JsonObject, string>? For(string path) => Path.GetExtension(Path.GetFileName(path).TrimStart('.')) switch
    {
        ".json" => static experiment => Written(experiment, Readably) + "\n",
        ".yaml" or ".yml" => static experiment => YamlText.Of(experiment, sorted: false),
        _ => null,
    };

    /// <summary>A value on one line.</summary>
    public static string Compact(JsonNode value) => Written(value, Compactly);

    private static string Written(JsonNode value, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Settings;

namespace Turbulence.Cli.Files;

/// <summary>Writes a document down as people read it.</summary>
internal static class DocumentText
{
    private static readonly JsonWriterOptions Compactly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Readably = Compactly with { Indented = true, IndentSize = 4, NewLine = "\n" };

    /// <summary>The notation that a file's extension asks for: JSON or YAML; null for any other.</summary>
    /// <param name="path">The file.</param>
    public static Func<JsonObject, string>? For(string path) => Path.GetExtension(Path.GetFileName(path).TrimStart('.')) switch
    {
        ".json" => Json,
        ".yaml" or ".yml" => static document => YamlText.Of(document, sorted: false),
        _ => null,
    };

    /// <summary>JSON with four blanks a level, as the reference writes it.</summary>
    public static string Json(JsonObject document) => Written(document, Readably) + "\n";

    /// <summary>A value in JSON on one line.</summary>
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

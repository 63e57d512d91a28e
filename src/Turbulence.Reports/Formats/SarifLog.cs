using System.Text.Encodings.Web;
using System.Text.Json;

namespace Turbulence.Reports.Formats;

/// <summary>
/// The parts of SARIF 2.1.0 that are alike whatever was found (OASIS, "Static Analysis Results Interchange Format", 3.13 to 3.58).
/// </summary>
internal static class SarifLog
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the whole file.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="writeRuns">Writes what the list of runs holds.</param>
    public static void Write(Stream target, Action<Utf8JsonWriter> writeRuns)
    {
        using (var json = new Utf8JsonWriter(target, Indented))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            writeRuns(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        target.Write("\n"u8);
    }

    /// <summary>Writes who has looked, and what can be found.</summary>
    public static void WriteTool(Utf8JsonWriter json, string version, IEnumerable<SarifRule> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Turbulence");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteText(json, "shortDescription", rule.Short);
            WriteText(json, "fullDescription", rule.Full);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", rule.Level);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a text, on one line.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", MarkdownText.Line(text) is { Length: > 0 } line ? line : "(nothing was said)");
        json.WriteEndObject();
    }

    /// <summary>Writes where in a file it is.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="uri">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column in UTF-16 units, from 1; null where the whole line is meant.</param>
    /// <param name="pointer">The JSON pointer of the value; null where there is none.</param>
    public static void WriteLocation(Utf8JsonWriter json, string uri, int line, int? column, string? pointer = null)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", uri);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", line);
        if (column is { } start)
        {
            json.WriteNumber("startColumn", start);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        if (pointer is not null)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", pointer);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }
}

using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Journals;

/// <summary>Writes a JSON value as people read it.</summary>
public static class JsonText
{
    /// <summary>The value with two blanks a level, and with what is not ASCII as it is.</summary>
    public static string Indented(JsonNode? node) => Encoding.UTF8.GetString(JournalJson.Text(node));
}

using System.Text.Json;

namespace Turbulence.DotNetWorker.Validation;

/// <summary>Something that is wrong with an activity or a control.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Message">What, in one line.</param>
/// <param name="Path">The keys that lead to it, from the activity or control.</param>
internal sealed record Problem(string Severity, string Message, IReadOnlyList<string> Path)
{
    /// <summary>It cannot be carried out.</summary>
    public static Problem Error(string message, params string[] path) => new("error", message, path);

    /// <summary>It can be carried out, and something in it has no effect.</summary>
    public static Problem Warning(string message, params string[] path) => new("warning", message, path);

    /// <summary>Writes it as an object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("severity"u8, Severity);
        json.WriteStartArray("path"u8);
        foreach (var key in Path)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteString("message"u8, Message);
        json.WriteEndObject();
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>How JSON is read and written here.</summary>
internal static class JsonText
{
    /// <summary>Experiments may nest deeper than the usual 64.</summary>
    public const int Depth = 512;

    /// <summary>A null.</summary>
    public static JsonElement Null { get; } = JsonDocument.Parse("null").RootElement;

    /// <summary>For <see cref="JsonDocument"/>.</summary>
    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = Depth };

    /// <summary>Only what JSON itself demands is escaped.</summary>
    public static JsonWriterOptions Writing { get; } = new()
    {
        MaxDepth = Depth,
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A member of an object; <see cref="JsonValueKind.Undefined"/> where there is none, or where it is null.</summary>
    public static JsonElement Member(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : default;

    /// <summary>A member that is a text, or null.</summary>
    public static string? Text(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

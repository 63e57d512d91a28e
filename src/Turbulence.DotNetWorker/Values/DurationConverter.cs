using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Reads time spans inside of records from seconds as well.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc />
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return TextValue.TryDuration(document.RootElement, out var duration)
            ? duration
            : throw new JsonException("a TimeSpan is seconds or a text such as 00:00:05");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("c", CultureInfo.InvariantCulture));
}

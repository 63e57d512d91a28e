using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Writes tuples as lists, whose elements have no names at run time.</summary>
internal sealed class TupleConverter : JsonConverter<ITuple>
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) =>
        typeof(ITuple).IsAssignableFrom(typeToConvert) && typeToConvert.FullName is { } name
        && (name.StartsWith("System.ValueTuple", StringComparison.Ordinal) || name.StartsWith("System.Tuple", StringComparison.Ordinal));

    /// <inheritdoc />
    public override ITuple Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("tuples cannot be read, their elements have no names");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ITuple value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        for (var index = 0; index < value.Length; index++)
        {
            JsonSerializer.Serialize(writer, value[index], value[index]?.GetType() ?? typeof(object), options);
        }

        writer.WriteEndArray();
    }
}

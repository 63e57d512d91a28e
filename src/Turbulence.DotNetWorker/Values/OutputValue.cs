using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.DotNetWorker.Calls;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Makes JSON of what a method returned.</summary>
internal static class OutputValue
{
    /// <summary>The most bytes of an output. A message has room for 64 MiB.</summary>
    public const int Limit = 60 * 1024 * 1024;

    /// <summary>Writes a value that is no task, stream or asynchronous sequence.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The outcome: succeeded, or failed where it cannot be written.</returns>
    public static Outcome ToOutcome(object? value)
    {
        if (value is null)
        {
            return Outcome.Nothing;
        }

        var output = new LimitedBuffer(Limit);
        try
        {
            using var json = new Utf8JsonWriter(output, JsonText.Writing);
            Write(json, value);
        }
        catch (OutputTooLargeException)
        {
            return Refused(value, $"which is more than {Limit / 1024 / 1024} MiB as JSON");
        }
        catch (Exception exception)
        {
            // The getters that run here are user code, and may throw anything.
            return Refused(value, $"which cannot be written as JSON: {exception.Message}");
        }

        return new("succeeded") { Output = OneLine(output.Written) };
    }

    /// <summary>An outcome that says why a returned value is none.</summary>
    public static Outcome Refused(object value, string why)
    {
        var message = $"the method returned {value.GetType().ToSource()}, {why}";
        return new("failed", message, [message]);
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case JsonNode node:
                node.WriteTo(json);
                break;
            default:
                JsonSerializer.Serialize(json, value, value.GetType(), JsonValues.Objects);
                break;
        }
    }

    /// <summary>A converter of the user's may write what it likes; a line feed in it would be the end of the message.</summary>
    private static ReadOnlyMemory<byte> OneLine(ReadOnlyMemory<byte> json)
    {
        if (!json.Span.Contains((byte)'\n'))
        {
            return json;
        }

        using var document = JsonDocument.Parse(json, JsonText.Reading);
        var output = new LimitedBuffer(Limit);
        using (var writer = new Utf8JsonWriter(output, JsonText.Writing))
        {
            document.WriteTo(writer);
        }

        return output.Written;
    }
}

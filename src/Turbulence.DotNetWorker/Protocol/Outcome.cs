using System.Text.Json;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>How a call ended.</summary>
/// <param name="End">The protocol's word for it.</param>
/// <param name="Message">What went wrong, in one line.</param>
/// <param name="Trace">Where, innermost last.</param>
internal sealed record Outcome(string End, string? Message = null, IReadOnlyList<string>? Trace = null)
{
    /// <summary>It was carried out, and there is nothing to say of it.</summary>
    public static Outcome Nothing { get; } = new("succeeded");

    /// <summary>What came of it, as JSON; empty for null.</summary>
    public ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>The exception that it failed with.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Further members of the outcome.</summary>
    public Action<Utf8JsonWriter>? More { get; init; }

    /// <summary>The user's code said that it failed.</summary>
    public static Outcome Failed(Exception exception) =>
        new("failed", ExceptionText.Within(ExceptionText.MostOfLine, ExceptionText.Line(exception)), ExceptionText.Trace(exception))
        {
            Cause = exception,
        };

    /// <summary>The code could not be called.</summary>
    public static Outcome Crashed(string message) => new("crashed", message, [message]);

    /// <summary>Writes it as an object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("end"u8, End);
        if (Message is null)
        {
            json.WritePropertyName("output"u8);
            json.WriteRawValue(Output.IsEmpty ? "null"u8 : Output.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteString("message"u8, Message);
            json.WriteStartArray("trace"u8);
            foreach (var line in Trace ?? [])
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
        }

        More?.Invoke(json);
        json.WriteEndObject();
    }
}

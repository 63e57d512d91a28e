using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Turbulence.Notifications;

/// <summary>A notification as it is sent: <c>{"name", "payload", "phase", "ts", "error"?, "turbulence"?}</c> in UTF-8.</summary>
/// <param name="EventName">The event's name.</param>
/// <param name="Json">The whole envelope.</param>
/// <param name="Bare">The envelope with <c>null</c> as its payload, for channels that do not want it.</param>
public sealed record Envelope(string EventName, ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte> Bare)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Puts a notification into its envelope.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="at">When it happened; <c>ts</c> is this in seconds since 1970, with a fraction.</param>
    public static Envelope Of(Notification notification, DateTimeOffset at) =>
        new(notification.Name, Text(notification, notification.Payload, at), Text(notification, default, at));

    private static ReadOnlyMemory<byte> Text(Notification notification, ReadOnlyMemory<byte> payload, DateTimeOffset at)
    {
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("name", notification.Name);
            writer.WritePropertyName("payload");
            if (payload.IsEmpty)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteRawValue(payload.Span, skipInputValidation: true);
            }

            writer.WriteString("phase", notification.Phase);
            writer.WriteNumber("ts", (at - DateTimeOffset.UnixEpoch).TotalSeconds);
            if (notification.Error is { } error)
            {
                writer.WriteString("error", error);
            }

            if (notification.Ours is { } ours)
            {
                writer.WritePropertyName("turbulence");
                ours.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

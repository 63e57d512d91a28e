using System.Buffers;
using System.Text.Json;

namespace Turbulence.Live.Feeds;

/// <summary>What the timeline itself does not say of a run: the line <c>head</c> in front of it.</summary>
internal static class FeedHead
{
    /// <summary>The line.</summary>
    /// <param name="title">The experiment's title.</param>
    public static FeedLine Line(string title)
    {
        var text = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("event"u8, "head"u8);
            json.WriteString("title"u8, title);
            json.WriteEndObject();
        }

        return new FeedLine(text.WrittenSpan.ToArray(), Stays: true);
    }
}

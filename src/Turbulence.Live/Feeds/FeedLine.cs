using System.Text.Json;
using Turbulence.Reports.Reading;

namespace Turbulence.Live.Feeds;

/// <summary>A line of a run's timeline, as <c>docs/journal.md</c> describes it.</summary>
/// <param name="Text">Its JSON, in UTF-8 and without a line's end.</param>
/// <param name="Stays">Whether who looks later needs it as well: a stage, a fault, a service, a warning. There are few of these.</param>
internal readonly record struct FeedLine(byte[] Text, bool Stays)
{
    /// <summary>Makes one of its text.</summary>
    public static FeedLine Of(ReadOnlySpan<byte> text)
    {
        var line = text.ToArray();

        // A journal that somebody has indented anew; no text of JSON holds a bare line's end.
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return new FeedLine(line, IsLasting(text));
    }

    // The kinds that come again and again, as often as an activity is played.
    private static bool IsLasting(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JournalFeed.DeepestLevel });
        var isCheck = false;
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("event"u8))
            {
                reader.Read();
                isCheck = reader.ValueTextEquals("hypothesis-started"u8) || reader.ValueTextEquals("hypothesis-ended"u8);
                if (!isCheck)
                {
                    return !(reader.ValueTextEquals("activity-started"u8)
                        || reader.ValueTextEquals("activity-progressed"u8)
                        || reader.ValueTextEquals("activity-ended"u8)
                        || reader.ValueTextEquals("activity-amended"u8)
                        || reader.ValueTextEquals("pause-started"u8)
                        || reader.ValueTextEquals("users-progressed"u8));
                }
            }
            else if (isCheck && reader.ValueTextEquals("phase"u8))
            {
                reader.Read();
                return !reader.ValueTextEquals("during"u8);
            }
        }

        return true;
    }
}

using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>Reads what a report's head says of the experiment; the rest of it stays the text that it is.</summary>
internal static class ExperimentReader
{
    /// <summary>Reads it.</summary>
    public static void Read(JournalContent content, ReadOnlySpan<byte> text)
    {
        var run = content.Run with { Experiment = text.ToArray() };
        var reader = JournalFeed.Read(text);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.NextMember())
            {
                switch (reader.AnyText())
                {
                    case "title":
                        run = run with { Title = reader.Text() ?? "" };
                        break;
                    case "description":
                        run = run with { Description = reader.Text() };
                        break;
                    case "tags":
                        run = run with { Tags = reader.Texts() };
                        break;
                    case "dry":
                        run = run with { Dry = reader.Text() };
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        content.Run = run;
    }
}

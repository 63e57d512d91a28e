using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>The fields of one line of the timeline. Which of them a line has depends on its event.</summary>
internal ref struct TimelineLine
{
    public double At;
    public string? Event;
    public long? Activity;
    public string? Phase;
    public string? Name;
    public string? Type;
    public string? Status;
    public string? State;
    public string? Fault;
    public string? Kind;
    public string? Service;
    public string? Cause;
    public string? Message;
    public string? Level;
    public string? Text;
    public double? Duration;
    public long? Iteration;
    public bool? Background;
    public bool? ToleranceMet;
    public bool? Met;
    public bool? Played;

    /// <summary>What an activity or the users have counted so far, as it stands there.</summary>
    public ReadOnlySpan<byte> Progress;

    /// <summary>Reads a line; of what is none there is no event.</summary>
    public static TimelineLine Read(ReadOnlySpan<byte> text, TextPool pool)
    {
        var line = default(TimelineLine);
        var reader = JournalFeed.Read(text);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.NextMember())
            {
                line.ReadMember(ref reader, text, pool);
            }
        }

        return line;
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, TextPool pool)
    {
        var key = reader.ValueIsEscaped ? default : reader.ValueSpan;
        if (key.SequenceEqual("at"u8))
        {
            At = reader.Number() ?? 0;
        }
        else if (key.SequenceEqual("event"u8))
        {
            Event = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("activity"u8))
        {
            Activity = reader.Whole();
        }
        else if (key.SequenceEqual("phase"u8))
        {
            Phase = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("name"u8))
        {
            Name = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("type"u8))
        {
            Type = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("status"u8))
        {
            Status = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("duration"u8))
        {
            Duration = reader.Number();
        }
        else if (key.SequenceEqual("tolerance_met"u8))
        {
            ToleranceMet = reader.Truth();
        }
        else if (key.SequenceEqual("background"u8))
        {
            Background = reader.Truth();
        }
        else if (key.SequenceEqual("progress"u8))
        {
            Progress = reader.Raw(text);
        }
        else if (key.SequenceEqual("iteration"u8))
        {
            Iteration = reader.Whole();
        }
        else if (key.SequenceEqual("met"u8))
        {
            Met = reader.Truth();
        }
        else if (key.SequenceEqual("state"u8))
        {
            State = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("fault"u8))
        {
            Fault = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("kind"u8))
        {
            Kind = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("service"u8))
        {
            Service = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("played"u8))
        {
            Played = reader.Truth();
        }
        else if (key.SequenceEqual("cause"u8))
        {
            Cause = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("message"u8))
        {
            Message = reader.Text();
        }
        else if (key.SequenceEqual("level"u8))
        {
            Level = pool.Text(ref reader);
        }
        else if (key.SequenceEqual("text"u8))
        {
            Text = pool.Text(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }
}

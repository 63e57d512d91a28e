using System.Text.Json;

namespace Turbulence.Events;

/// <summary>
/// Something that happened in a run, as it was then: a snapshot that nothing changes afterwards. Its declarations are copies; an output is
/// handed to everybody as it came, since it may be large, and is therefore not to be changed by who listens. It holds no secret that the
/// run knows.
/// </summary>
/// <param name="At">When, by the run's clock.</param>
public abstract record RunEvent(DateTimeOffset At)
{
    /// <summary>The run's id, which every event of it has; empty before it is told.</summary>
    public string RunId { get; init; } = "";

    /// <summary>How long after the first event of the run it was told. Unlike <see cref="At"/> it never goes back.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>What happened, as machines write it: <c>activity-started</c>.</summary>
    public abstract string Word { get; }

    /// <summary>
    /// Writes the event as one object of JSON: its line in the journal's timeline, which docs/journal.md describes.
    /// </summary>
    /// <param name="json">Takes it.</param>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteNumber("at"u8, Math.Round(Offset.TotalSeconds, 6));
        json.WriteString("event"u8, Word);
        Describe(json);
        json.WriteEndObject();
    }

    /// <summary>The event as a snapshot without secrets. Every new event has to say what of it can hold one.</summary>
    internal abstract RunEvent Masked(EventMask mask);

    /// <summary>Writes the few fields that a picture of the run needs: those of the event's line in the journal's timeline.</summary>
    /// <param name="line">The line's object, which is open and has the offset and the word.</param>
    internal virtual void Describe(Utf8JsonWriter line)
    {
    }
}

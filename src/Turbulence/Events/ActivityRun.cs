using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Tolerances;

namespace Turbulence.Events;

/// <summary>The record of one activity being carried out, as it stands at one moment.</summary>
/// <param name="Id">Counts the activities of a run from 1, in the order in which their turn came: before the pause that stands in front of
/// one.</param>
/// <param name="Activity">The activity, its references followed.</param>
/// <param name="Phase">The stage that it belongs to.</param>
/// <param name="Background">Whether the run goes on while it runs.</param>
/// <param name="Start">When its provider was called; the pause before is over by then.</param>
public sealed record ActivityRun(long Id, Activity Activity, RunPhase Phase, bool Background, DateTimeOffset Start)
{
    /// <summary>How it ended; null while it runs and where it was interrupted.</summary>
    public ActivityEnd? End { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How long the provider took, pauses not included; null while it runs.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// What the provider returned. It is shared by everybody who knows of the activity, since it may be large: nobody changes it.
    /// </summary>
    public JsonNode? Output { get; init; }

    /// <summary>One line that says what went wrong; null when nothing did.</summary>
    public string? Message { get; init; }

    /// <summary>Where in foreign code it went wrong, line by line.</summary>
    public IReadOnlyList<string> Trace { get; init; } = [];

    /// <summary>Whether the output is within the tolerance; null where no tolerance was asked.</summary>
    public bool? ToleranceMet { get; init; }

    /// <summary>How the output was held against the tolerance; null where it was not.</summary>
    public ToleranceOutcome? Tolerance { get; init; }

    /// <summary>True when it was left out because of the dry mode.</summary>
    public bool Dry { get; init; }

    /// <summary>The journal's entry as a control left it; null where none changed it.</summary>
    public JsonObject? Amended { get; init; }

    /// <summary>
    /// How it ended in one word: <c>succeeded</c>, <c>failed</c>, <c>crashed</c>, <c>without-effect</c>, <c>inconclusive</c>, <c>dry</c>
    /// where it was left out, or <c>interrupted</c>.
    /// </summary>
    internal string Word => Dry ? "dry" : End switch
    {
        null => "interrupted",
        ActivityEnd.WithoutEffect => "without-effect",
        ActivityEnd.Inconclusive => "inconclusive",
        { } end => end.ToString().ToLowerInvariant(),
    };

    /// <summary>The record as a snapshot without secrets.</summary>
    internal ActivityRun Masked(EventMask mask)
    {
        var told = this with { Activity = mask.Of(Activity) };
        return mask.IsEmpty ? told : told with
        {
            Output = mask.Of(Output),
            Amended = (JsonObject?)mask.Of(Amended),
            Message = mask.Of(Message),
            Trace = mask.Of(Trace),
            Tolerance = Tolerance is not { } tolerance ? null : tolerance with
            {
                Rule = mask.Of(tolerance.Rule),
                Expected = mask.Of(tolerance.Expected),
                Actual = mask.Of(tolerance.Actual),
                Explanation = mask.Of(tolerance.Explanation),
                Unproven = mask.Of(tolerance.Unproven),
            },
        };
    }

    /// <summary>Writes which activity it is.</summary>
    internal void Describe(Utf8JsonWriter line)
    {
        line.WriteNumber("activity", Id);
        line.WriteWord("phase", Phase);
        line.WriteString("name", Activity.Name);
    }

    /// <summary>Writes how it ended.</summary>
    internal void DescribeEnd(Utf8JsonWriter line)
    {
        line.WriteString("status", Word);
        if (Duration is { } duration)
        {
            line.WriteSeconds("duration", duration);
        }

        if (ToleranceMet is { } met)
        {
            line.WriteBoolean("tolerance_met", met);
        }
    }
}

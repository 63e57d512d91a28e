using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Events;

/// <summary>What the users of the system felt through the whole run.</summary>
/// <param name="At">When.</param>
/// <param name="Figures">All figures; nobody changes them.</param>
/// <param name="Lines">The same for people, one line for the run and one for each fault.</param>
public sealed record UsersMeasured(DateTimeOffset At, JsonObject Figures, IReadOnlyList<string> Lines) : RunEvent(At)
{
    /// <summary>What they felt that their tolerance does not allow, one line each.</summary>
    public IReadOnlyList<string> Missed { get; init; } = [];

    /// <summary>What of their tolerance nobody knows, one line each.</summary>
    public IReadOnlyList<string> Unproven { get; init; } = [];

    /// <inheritdoc/>
    public override string Word => "users-measured";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with
    {
        Figures = (JsonObject)mask.Of(Figures)!,
        Lines = [.. Lines.Select(line => mask.Of(line))],
        Missed = [.. Missed.Select(line => mask.Of(line))],
        Unproven = [.. Unproven.Select(line => mask.Of(line))],
    };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        foreach (var key in (ReadOnlySpan<string>)["intended", "lost", "tolerance_met"])
        {
            if (Figures[key] is { } figure)
            {
                line.WritePropertyName(key);
                figure.WriteTo(line);
            }
        }
    }
}

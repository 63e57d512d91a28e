using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Events;

/// <summary>The users of the system go on. Told once a second.</summary>
/// <param name="At">When.</param>
/// <param name="Progress">
/// How many requests there were and how many were lost so far, and how long those took that ended since the last time. Nobody changes it.
/// </param>
public sealed record UsersProgressed(DateTimeOffset At, JsonObject Progress) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "users-progressed";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Progress = (JsonObject)mask.Of(Progress)! };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WritePropertyName("progress");
        Progress.WriteTo(line);
    }
}

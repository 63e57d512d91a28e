using System.Text.Json;

namespace Turbulence.Events;

/// <summary>One rollback begins.</summary>
/// <param name="At">When.</param>
/// <param name="Name">The activity's name.</param>
public sealed record RollbackStarted(DateTimeOffset At, string Name) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "rollback-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Name = mask.Of(Name) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteString("name", Name);
    }
}

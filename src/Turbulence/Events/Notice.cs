using System.Text.Json;

namespace Turbulence.Events;

/// <summary>A line for people that no other event says.</summary>
/// <param name="At">When.</param>
/// <param name="Level">How much it weighs.</param>
/// <param name="Text">One line.</param>
public sealed record Notice(DateTimeOffset At, NoticeLevel Level, string Text) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "notice";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Text = mask.Of(Text) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteWord("level", Level);
        line.WriteString("text", Text);
    }
}

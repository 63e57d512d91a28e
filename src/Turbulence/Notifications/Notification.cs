using System.Text.Json.Nodes;

namespace Turbulence.Notifications;

/// <summary>Something that channels are told.</summary>
/// <param name="Name">The event's name; one of <see cref="EventNames"/>.</param>
/// <param name="Phase">The command: <c>run</c> or <c>validate</c>.</param>
/// <param name="Payload">What it is about, as JSON text without secrets; empty for nothing.</param>
public sealed record Notification(string Name, string Phase, ReadOnlyMemory<byte> Payload)
{
    /// <summary>What went wrong, without secrets; null for nothing.</summary>
    public string? Error { get; init; }

    /// <summary>What the reference does not tell: the member <c>turbulence</c>. Null for nothing.</summary>
    public JsonObject? Ours { get; init; }
}

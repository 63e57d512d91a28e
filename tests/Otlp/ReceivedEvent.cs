/// <summary>An event of a span.</summary>
internal sealed record ReceivedEvent(string Name, ulong At, IReadOnlyDictionary<string, object?> Attributes);

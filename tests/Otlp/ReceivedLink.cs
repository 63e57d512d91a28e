/// <summary>A link of a span.</summary>
internal sealed record ReceivedLink(string Trace, string Span, IReadOnlyDictionary<string, object?> Attributes);

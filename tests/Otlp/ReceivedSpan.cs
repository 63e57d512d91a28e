/// <summary>A span that a collector was sent. Times are nanoseconds since 1970.</summary>
internal sealed record ReceivedSpan(
    string Trace,
    string Id,
    string Parent,
    string Name,
    int Kind,
    ulong Start,
    ulong End,
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyList<ReceivedEvent> Events,
    IReadOnlyList<ReceivedLink> Links,
    int Status,
    string Problem)
{
    public object? this[string attribute] => Attributes.GetValueOrDefault(attribute);
}

/// <summary>A log record.</summary>
internal sealed record ReceivedLog(
    ulong At, int Severity, string Body, string Trace, string Span, string Event, IReadOnlyDictionary<string, object?> Attributes);

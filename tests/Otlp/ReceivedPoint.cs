/// <summary>A point of a metric: a number, or the count and the sum of a histogram.</summary>
internal sealed record ReceivedPoint(double Value, ulong Count, double Sum, IReadOnlyDictionary<string, object?> Attributes);

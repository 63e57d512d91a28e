/// <summary>A metric.</summary>
internal sealed record ReceivedMetric(string Name, string Unit, IReadOnlyList<ReceivedPoint> Points);

namespace Turbulence.Reports.Runs;

/// <summary>What a process has done of one sort, as its spans told.</summary>
/// <param name="Name">The span's source and name: <c>System.Net.Http System.Net.Http.HttpRequestOut</c>.</param>
/// <param name="Caller">The name of the operation that it is a part of, with its route where it has one; null for none.</param>
/// <param name="Kind">The span's kind: <c>client</c>, <c>server</c>, <c>internal</c>.</param>
/// <param name="Tags">What it depends on, in the values of its tags.</param>
/// <param name="Route">The route of the requests that it answers; null for none.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="P50Milliseconds">Half of them took no longer; null where the journal does not say.</param>
/// <param name="P99Milliseconds">99 % of them took no longer; null where the journal does not say.</param>
public sealed record ReportedOperation(
    string Name, string? Caller, string Kind, IReadOnlyList<string> Tags, string? Route, long Count, long Errors,
    double? P50Milliseconds, double? P99Milliseconds)
{
    /// <summary>What those that it calls name as their caller.</summary>
    internal string Key => Route is null ? Name : $"{Name} {Route}";
}

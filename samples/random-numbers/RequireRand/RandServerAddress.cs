namespace RandomNumbers.RequireRand;

/// <summary>A rand server that can be asked.</summary>
/// <param name="Name">What messages call it: <c>primary (8002)</c>.</param>
/// <param name="Url">Where it takes its POST requests.</param>
public sealed record RandServerAddress(string Name, Uri Url);

namespace Turbulence.Faults.Contracts;

/// <summary>What people and validation are told of a kind.</summary>
/// <param name="Name">Its wire name: <c>process.kill</c>.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Arguments">What it can be told.</param>
public sealed record FaultKindDescription(string Name, string Summary, IReadOnlyList<FaultArgument> Arguments)
{
    /// <summary>Where it works: <c>linux</c>, <c>macos</c>, <c>windows</c>.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = ["linux"];

    /// <summary>What it needs beyond an ordinary user, for people; null for nothing.</summary>
    public string? Privilege { get; init; }
}

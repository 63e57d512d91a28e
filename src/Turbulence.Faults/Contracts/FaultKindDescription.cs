using Turbulence.Faults.Arguments;

namespace Turbulence.Faults.Contracts;

/// <summary>What people, validation and the plan are told of a kind.</summary>
/// <param name="Name">Its wire name: <c>process.kill</c>.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Arguments">What it can be told.</param>
public sealed record FaultKindDescription(string Name, string Summary, IReadOnlyList<FaultArgument> Arguments)
{
    /// <summary>Which of the arguments exclude each other. Default: none.</summary>
    public IReadOnlyList<ArgumentGroup> Groups { get; init; } = [];

    /// <summary>The longest <c>duration</c> that it can be given. Default, null: any.</summary>
    public TimeSpan? LongestDuration { get; init; }

    /// <summary>Where it works: <c>linux</c>, <c>macos</c>, <c>windows</c>.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = ["linux"];

    /// <summary>Whether it works on the system that this is.</summary>
    public bool IsForThisSystem => Platforms.Contains(FaultPlatform.Name);

    /// <summary>What it needs of the machine. Default: nothing.</summary>
    public IReadOnlyList<MachineNeed> Needs { get; init; } = [];

    /// <summary>What it needs beyond an ordinary user, for people; null for nothing.</summary>
    public string? Privilege => Needs.Count > 0 ? string.Join(", and ", Needs.Select(need => need.Text)) : null;

    /// <summary>What is wrong with arguments that are right each by itself. Default: nothing.</summary>
    internal Func<GivenArguments, IEnumerable<ArgumentProblem>> Together { get; init; } = static _ => [];

    /// <summary>What is wrong with a duration; null for nothing.</summary>
    internal string? DurationProblem(TimeSpan? duration) =>
        duration > LongestDuration ? $"{Name} lasts at most {LongestDuration.Value.TotalMinutes:0.##} minutes" : null;
}

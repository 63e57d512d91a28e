namespace Turbulence.Reports.Cases;

/// <summary>One thing of a run that can be well or not, as those want it who count tests.</summary>
/// <param name="Group">What it belongs to: <c>verdict</c>, <c>method</c>, <c>faults</c>.</param>
/// <param name="Name">What it is called; within its group no other is called so.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record ReportedCase(string Group, string Name, CaseOutcome Outcome)
{
    /// <summary>What is wrong in one word, such as <c>tolerance-missed</c>; empty where nothing is.</summary>
    public string Type { get; init; } = "";

    /// <summary>What is wrong, in one line; what was seen, where nothing is. Null where there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>How many seconds it took.</summary>
    public double Duration { get; init; }

    /// <summary>When it began, in seconds from the start of the run.</summary>
    public double Begin { get; init; }
}

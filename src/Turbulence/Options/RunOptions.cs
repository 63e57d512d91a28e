using Turbulence.Documents;

namespace Turbulence.Options;

/// <summary>How an experiment is run.</summary>
public sealed record RunOptions
{
    /// <summary>Whose rules apply where the two differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>When the declared rollbacks are played. Default: <see cref="RollbackStrategy.Default"/>.</summary>
    public RollbackStrategy Rollbacks { get; init; }

    /// <summary>When the steady state is checked. Default: before and after the method.</summary>
    public HypothesisStrategy Hypothesis { get; init; }

    /// <summary>The gap between two continuous checks. Default: 1 s. Range: above zero.</summary>
    public TimeSpan Frequency { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a missed continuous check ends the method. Default: no.</summary>
    public bool FailFast { get; init; }

    /// <summary>What a rehearsal leaves out. Default: nothing.</summary>
    public DryMode Dry { get; init; }

    /// <summary>How long the whole experiment may take before its rollbacks. Default: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How long the system may take, after everything was taken back, until its steady state is met again: it is checked until it is met,
    /// or until this time is over. Zero checks once. Default: 5 s. The reference does not check at all.
    /// </summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What watches over the method; a miss stops the run. Default: nothing. The reference has none.</summary>
    public IReadOnlyList<Safeguard> Safeguards { get; init; } = [];

    /// <summary>
    /// Where every random choice of the run begins: the same seed makes the same choices. Default: 0. Ids are none of them, since no two
    /// runs may have the same.
    /// </summary>
    public int Seed { get; init; }
}

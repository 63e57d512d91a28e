using Turbulence.Runs.Requests;

namespace Turbulence.Testing;

/// <summary>What a <see cref="ChaosTest"/> is told. Nothing of it has to be said.</summary>
public sealed record ChaosTestOptions
{
    /// <summary>
    /// What every random choice of its faults comes from. Default: null, what the variable <see cref="ChaosTest.SeedVariable"/> says, else
    /// another one for each test.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Whether faults that can tell requests apart hit those of this test alone, by their W3C baggage. Default: true, so that tests can run
    /// side by side.
    /// </summary>
    public bool IsIsolated { get; init; } = true;

    /// <summary>
    /// Where runs are: state folder, program, clock; for experiments also the folder, by default one that is made for the test, where
    /// journal and report are. Default: those of this machine.
    /// </summary>
    public RunPlace Place { get; init; } = new();

    /// <summary>Takes everything back when it is cancelled. Default: null, the test's own, where the framework has one.</summary>
    public CancellationToken? CancellationToken { get; init; }
}

namespace Turbulence.Cli.Tests.Costs;

/// <summary>For tests that look at the memory of the process: no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

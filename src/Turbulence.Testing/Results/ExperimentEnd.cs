using Turbulence.Events;

namespace Turbulence.Testing.Results;

/// <summary>What became of an experiment that was run as a test.</summary>
/// <param name="Outcome">How it ended; null where it was refused, and nothing was run.</param>
/// <param name="Failure">Why the test has failed, in several lines; null where it has passed.</param>
internal sealed record ExperimentEnd(RunOutcome? Outcome, string? Failure);

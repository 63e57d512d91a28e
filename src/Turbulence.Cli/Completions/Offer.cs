namespace Turbulence.Cli.Completions;

/// <summary>What can stand at the end of a command line.</summary>
/// <param name="Words">The words that begin as what is there.</param>
/// <param name="Files">The files, which the shell looks for.</param>
internal sealed record Offer(IReadOnlyList<Candidate> Words, FileWish Files);

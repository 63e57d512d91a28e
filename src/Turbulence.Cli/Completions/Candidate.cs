namespace Turbulence.Cli.Completions;

/// <summary>A word that a shell can put at the end of a command line.</summary>
/// <param name="Word">The word.</param>
/// <param name="Summary">What it means, in one line; empty for what explains itself.</param>
internal readonly record struct Candidate(string Word, string Summary);

namespace RandomNumbers.Tests;

/// <summary>How a program ended, and what it printed.</summary>
public sealed record ProgramEnd(int ExitCode, string Output, string Error);

namespace Turbulence.Cli.Lines;

/// <summary>How the program ends after a run.</summary>
/// <param name="ExitCode">What it ends with: that of the verdict, or another where a report could not be written or weaknesses are known.
/// </param>
/// <param name="Files">What it has written, or was to write.</param>
internal sealed record RunClosing(int ExitCode, IReadOnlyList<RunFile> Files);

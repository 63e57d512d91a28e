namespace Turbulence.Platform.Processes;

/// <summary>How a child ended and what it wrote.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="StandardOutput">What it wrote to its standard output; <see cref="CapturedOutput.None"/> unless captured.</param>
/// <param name="StandardError">What it wrote to its standard error; <see cref="CapturedOutput.None"/> unless captured.</param>
public sealed record ProcessOutput(ProcessExitStatus Status, CapturedOutput StandardOutput, CapturedOutput StandardError);

namespace Turbulence.Cli.Problems;

/// <summary>A form of problems that is for programs.</summary>
internal interface IProblemFormat
{
    /// <summary>What <c>--format</c> calls it.</summary>
    string Name { get; }

    /// <summary>The problems in this form, with the end of the last line.</summary>
    /// <param name="sources">What was looked at.</param>
    string Write(IReadOnlyList<CheckedSource> sources);
}

namespace Turbulence.Documents;

/// <summary>How much a <see cref="Problem"/> weighs.</summary>
public enum ProblemSeverity
{
    /// <summary>The experiment can be run; somebody should look.</summary>
    Warning,

    /// <summary>The experiment can not be run as it is.</summary>
    Error,
}

/// <summary>Something that is wrong with an experiment, and where.</summary>
/// <param name="Pointer">The JSON pointer (RFC 6901) of the value; empty for the whole document.</param>
/// <param name="Position">The value's place in the text; null where the text has none (a value set from outside).</param>
/// <param name="Message">One line: what is wrong, and what was expected.</param>
/// <param name="Severity">Whether it stops a run.</param>
public sealed record Problem(string Pointer, SourcePosition? Position, string Message, ProblemSeverity Severity = ProblemSeverity.Error);

using Turbulence.Documents;

namespace Turbulence.Runs.Requests;

/// <summary>Why nothing was run.</summary>
/// <param name="Kind">Whose matter it is.</param>
/// <param name="Text">The reason, in one line.</param>
public sealed record RunRefusal(RefusalKind Kind, string Text)
{
    /// <summary>The first mistake of the experiment; null where it is not that.</summary>
    public Problem? Error { get; init; }

    /// <summary>Whether somebody asked for the end before it began.</summary>
    public bool IsInterruption { get; init; }
}

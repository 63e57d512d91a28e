namespace Turbulence.Faults.Targets;

/// <summary>
/// Ends a step of a fault whose record can be read, and the undo in it cannot: it was changed by somebody, and nothing may be guessed from
/// it.
/// </summary>
/// <param name="problem">What is wrong with it, in a few words.</param>
/// <param name="reason">What reading it came to; null where it could be read and says nothing.</param>
internal sealed class UnreadableUndoException(string problem, Exception? reason = null)
    : Exception($"the record's undo cannot be read: {problem}", reason);

namespace Turbulence.Events;

/// <summary>
/// An observer that keeps what people and pipelines rely on afterwards: the journal. It goes on when it cannot write, and says so; a run
/// whose record is not complete at its end has not passed.
/// </summary>
public interface IRunRecord : IRunObserver
{
    /// <summary>What it is called, in words that follow "the".</summary>
    string Name { get; }

    /// <summary>Why what was told so far is not written, in one line; null where all of it is, or waits for its turn.</summary>
    string? Failure { get; }
}

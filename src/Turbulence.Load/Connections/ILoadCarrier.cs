using Turbulence.Load.Outcomes;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Connections;

/// <summary>What connections share, and whom they tell.</summary>
internal interface ILoadCarrier
{
    /// <summary>The loop.</summary>
    SocketLoop Loop { get; }

    /// <summary>Says what answers are.</summary>
    AnswerJudge Judge { get; }

    /// <summary>What all read into and write from, one after the other.</summary>
    byte[] Scratch { get; }

    /// <summary>Where the traces come from.</summary>
    Random Random { get; }

    /// <summary>An exchange has ended, and its connection waits for another one, or is closed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="answerClass">The place of the answer's class, where it was answered.</param>
    void Ended(LoadConnection connection, LoadExchange exchange, RequestOutcome outcome, int answerClass);

    /// <summary>
    /// A connection that waited for an exchange was closed by the server, or one that waited for the server's end is closed.
    /// </summary>
    void Closed(LoadConnection connection);

    /// <summary>The system has no more ports, files or memory for connections of ours.</summary>
    void RunShort(string what);
}

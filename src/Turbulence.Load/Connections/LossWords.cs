using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Connections;

/// <summary>Why a request was lost, for people.</summary>
internal static class LossWords
{
    public const string NotConnected = "no connection within the time limit";
    public const string NotAnswered = "no answer within the time limit";
    public const string NotWhole = "the answer was not whole within the time limit";
    public const string AllBusy = "all connections that there may be were waiting for answers";
    public const string TooLate = "the load was late by all of the time limit";
    public const string NoThread = "the load had no thread free for it within the time limit";
    public const string NoSense = "it is no HTTP/1.1 that can mean only one thing";
    public const string NotInIt = "what must be in the answer is not";
    public const string EndedUnanswered = "the server closed the connection without an answer";
    public const string EndedPartly = "the connection ended in the middle of the answer";

    private const int MostStatus = 1000;
    private static readonly string?[] Statuses = new string?[MostStatus];

    /// <summary>What the system had no more of.</summary>
    public static string Short(string what) => $"this machine had no more {what} for the load";

    /// <summary>Why one is lost that was answered; null where it is not.</summary>
    public static string? Of(RequestOutcome outcome, int status) => outcome switch
    {
        RequestOutcome.ErrorStatus when status is > 0 and < MostStatus => Statuses[status] ??= $"status {status}",
        RequestOutcome.ErrorStatus => "a status that there is not",
        RequestOutcome.WrongAnswer => NotInIt,
        _ => null,
    };
}

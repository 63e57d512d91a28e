namespace Turbulence.Notifications;

/// <summary>Somebody who is told of events.</summary>
public interface INotificationChannel
{
    /// <summary>What people call it, without secrets: its type, and its server or program.</summary>
    string Description { get; }

    /// <summary>How long one notification may take at most.</summary>
    TimeSpan Limit { get; }

    /// <summary>Whether it wants to hear of the event <paramref name="name"/>.</summary>
    bool Wants(string name);

    /// <summary>Tells it.</summary>
    /// <param name="envelope">What is told.</param>
    /// <param name="cancellationToken">Ends the telling with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Why it did not get there, in a few words without secrets; null where it did.</returns>
    Task<string?> SendAsync(Envelope envelope, CancellationToken cancellationToken);
}

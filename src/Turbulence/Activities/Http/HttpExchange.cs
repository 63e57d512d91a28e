namespace Turbulence.Activities.Http;

/// <summary>One request on its way through a lane, and what is known about it.</summary>
/// <param name="sent">Called when the first byte of the request is about to go out.</param>
internal sealed class HttpExchange(Action sent)
{
    /// <summary>What came of the answer's headers.</summary>
    public ResponseHead Head { get; } = new();

    /// <summary>Whether the request, or a part of it, went out.</summary>
    public bool Sent { get; private set; }

    /// <summary>Whether it went out on a connection that had carried another one before.</summary>
    public bool OnUsedConnection { get; private set; }

    /// <summary>Notes that the request goes out.</summary>
    public void Leave(bool onUsedConnection)
    {
        OnUsedConnection = onUsedConnection;
        if (!Sent)
        {
            Sent = true;
            sent();
        }
    }
}

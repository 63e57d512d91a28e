namespace Turbulence.Load.Requests;

/// <summary>A request that a load sends.</summary>
/// <param name="Url">Where to: absolute, <c>http</c> or <c>https</c>.</param>
public sealed record LoadRequest(Uri Url)
{
    /// <summary>The method, in capital letters. Default: GET.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>
    /// The header fields beside <c>Host</c>, <c>Content-Length</c>, <c>Connection</c>, <c>traceparent</c> and <c>baggage</c>, which are
    /// sent by themselves.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>
    /// What is handed on with the request to all that it causes (W3C Baggage); values are encoded for it. Default: nothing.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Baggage { get; init; } = [];

    /// <summary>The body. Default: none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How often it is sent, measured by the other requests of the load; more than 0. Default: 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Which statuses count as an answer. Default: 200 to 399.</summary>
    public ExpectedStatuses Expected { get; init; } = ExpectedStatuses.Success;

    /// <summary>What must be in an answer, or it is a wrong one. Default: nothing.</summary>
    public AnswerPattern? Check { get; init; }
}

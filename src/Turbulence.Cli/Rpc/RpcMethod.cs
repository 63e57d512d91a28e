using System.Text.Json.Nodes;

namespace Turbulence.Cli.Rpc;

/// <summary>What a client can ask for.</summary>
/// <param name="AnswerAsync">
/// Carries a call out, from its parameters, and gives the result. An <see cref="RpcException"/> is told to the caller with its number.
/// </param>
internal sealed record RpcMethod(Func<JsonObject, CancellationToken, Task<JsonObject>> AnswerAsync)
{
    /// <summary>
    /// Whether it is answered at once, before the next message is read, and however many calls go on. Default: no, it goes on beside
    /// others.
    /// </summary>
    public bool IsQuick { get; init; }

    /// <summary>One that is answered at once.</summary>
    public static RpcMethod Quick(Func<JsonObject, JsonObject> answer) =>
        new((parameters, _) => Task.FromResult(answer(parameters))) { IsQuick = true };
}

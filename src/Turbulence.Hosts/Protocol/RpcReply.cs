using System.Text.Json.Nodes;

namespace Turbulence.Hosts.Protocol;

/// <summary>What came of a request.</summary>
/// <param name="Result"><c>result</c>, where there is no problem.</param>
/// <param name="Problem">The text of <c>error</c>: the protocol was used wrongly; null where it was not.</param>
/// <param name="IsLost">Whether no answer can come any more.</param>
internal readonly record struct RpcReply(JsonNode? Result, string? Problem = null, bool IsLost = false)
{
    /// <summary>No answer can come any more.</summary>
    public static RpcReply Lost { get; } = new(null, IsLost: true);
}

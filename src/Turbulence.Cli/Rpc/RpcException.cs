namespace Turbulence.Cli.Rpc;

/// <summary>A call cannot be carried out, and its caller is told why.</summary>
/// <param name="code">What kind of mistake it is, as JSON-RPC 2.0 numbers them.</param>
/// <param name="text">What is wrong, in one line.</param>
internal sealed class RpcException(int code, string text) : Exception(text)
{
    /// <summary>The parameters do not fit.</summary>
    public const int Parameters = -32602;

    /// <summary>It was tried, and did not work; the number is the first that JSON-RPC 2.0 leaves to servers.</summary>
    public const int NotDone = -32000;

    /// <summary>What kind of mistake it is.</summary>
    public int Code { get; } = code;
}

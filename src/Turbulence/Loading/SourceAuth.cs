namespace Turbulence.Loading;

/// <summary>What a server of experiments wants to see: the settings' <c>auths.&lt;netloc&gt;</c>.</summary>
/// <param name="Type"><c>type</c>: the scheme, <c>basic</c> or <c>bearer</c> for example. <c>digest</c> is sent as it is, without a
/// handshake.</param>
/// <param name="Value"><c>value</c>: the credentials, put behind the scheme as they are; for <c>basic</c> in Base64 already.</param>
public sealed record SourceAuth(string Type, string Value)
{
    /// <summary>Leaves the credentials out.</summary>
    public override string ToString() => $"{Type} ***";
}

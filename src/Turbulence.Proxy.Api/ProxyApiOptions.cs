using Turbulence.Proxy.Api.Tokens;

namespace Turbulence.Proxy.Api;

/// <summary>Where a <see cref="ProxyApi"/> listens, and whom it answers.</summary>
public sealed record ProxyApiOptions
{
    /// <summary>The port that Toxiproxy's clients ask: 8474.</summary>
    public const int UsualPort = 8474;

    /// <summary>
    /// The host name or address that it listens on: <c>localhost</c>, <c>192.0.2.7</c>, <c>::1</c>, <c>0.0.0.0</c> for every address of the
    /// machine. Who can reach it can break the connections of its proxies and let them listen anywhere, so that other hosts want a token as
    /// well. Default: <c>localhost</c>.
    /// </summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port, 0 to 65535; with 0 the system chooses one, which <see cref="ProxyApi.Url"/> tells. Default: 8474.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>
    /// What a request has to bring as <c>Authorization: Bearer TOKEN</c>; see <see cref="ApiToken"/>. Where there is one, browsers are let
    /// in from pages of the API's own origin; where there is none, they are not let in at all, as in Toxiproxy. Default: null, none.
    /// </summary>
    public ApiToken? Token { get; init; }

    /// <summary>The version of the program, which <c>GET /version</c> tells behind Toxiproxy's. Default: none.</summary>
    public string Version { get; init; } = "";
}

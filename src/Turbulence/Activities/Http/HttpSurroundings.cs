using System.Net;

namespace Turbulence.Activities.Http;

/// <summary>What the <c>http</c> provider takes from the machine it runs on; a test puts its own here.</summary>
public sealed record HttpSurroundings
{
    /// <summary>
    /// Tells the proxy of a URL. Default: what the environment says (<c>http_proxy</c>, <c>https_proxy</c>, <c>all_proxy</c>,
    /// <c>no_proxy</c>). A loopback host is never asked through a proxy, whatever stands here.
    /// </summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>
    /// The file of user names and passwords by host. Default: the file that <c>NETRC</c> names, or else <c>~/.netrc</c> or
    /// <c>~/_netrc</c>. A file that is missing or cannot be read counts as empty.
    /// </summary>
    public string? NetrcPath { get; init; }

    /// <summary>
    /// How many bytes a body may have, decompressed, where the activity does not say. Default: 16 MiB. What follows is not read; the
    /// activity fails, or in compatibility mode its result says <c>"body_truncated": true</c>.
    /// </summary>
    public int BodyLimit { get; init; } = 16 * 1024 * 1024;
}

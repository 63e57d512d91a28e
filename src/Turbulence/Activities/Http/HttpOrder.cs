using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Turbulence.Activities.Http;

/// <summary>A provider object, read: what to send, and how.</summary>
internal sealed record HttpOrder
{
    /// <summary>The URL as people may see it: as it was written, without user name and password.</summary>
    public required string ShownUrl { get; init; }

    /// <summary>Where to send to, query included.</summary>
    public required Uri Url { get; init; }

    /// <summary>The method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>What is sent as headers, ours included.</summary>
    public required HeaderList Headers { get; init; }

    /// <summary>What is sent as body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>What the body or the query was made of.</summary>
    public JsonNode? Arguments { get; init; }

    /// <summary>How long to wait.</summary>
    public TimeLimits Limits { get; init; }

    /// <summary>Which servers to believe.</summary>
    public required ServerTrust Trust { get; init; }

    /// <summary>The authorities of <see cref="Trust"/>; null for the system's.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>How many times a connection that could not be made is tried again.</summary>
    public int Retries { get; init; }

    /// <summary>How many bytes of a body are read, decompressed.</summary>
    public required int BodyLimit { get; init; }

    /// <summary>What the status has to be; null for anything.</summary>
    public ExpectedStatus? Expected { get; init; }
}

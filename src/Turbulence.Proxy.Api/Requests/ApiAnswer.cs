using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Proxy.Api.Bodies;

namespace Turbulence.Proxy.Api.Requests;

/// <summary>What is answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">What the body is; null for no body.</param>
/// <param name="Body">The body.</param>
internal sealed record ApiAnswer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>It is done, and there is nothing to say.</summary>
    public static ApiAnswer Done { get; } = new(204, null, default);

    /// <summary>Nothing stands at a path.</summary>
    public static ApiAnswer NowhereFound { get; } = Text(404, "404 page not found\n");

    /// <summary>What else a path takes.</summary>
    public string? Allow { get; init; }

    /// <summary>JSON.</summary>
    public static ApiAnswer Json(int status, JsonNode body) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString(WireJson.Options)));

    /// <summary>A text.</summary>
    public static ApiAnswer Text(int status, string body, string contentType = "text/plain; charset=utf-8") =>
        new(status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>What was wrong.</summary>
    public static ApiAnswer Error(int status, string message) => Json(status, new JsonObject { ["error"] = message, ["status"] = status });

    /// <summary>The path takes other methods.</summary>
    public static ApiAnswer Only(params string[] methods) => new(405, null, default) { Allow = string.Join(", ", methods) };
}

using System.Text;
using System.Text.Json;

namespace Turbulence.Proxy.Decisions;

/// <summary>A toxic hit a connection, or one request of it.</summary>
/// <param name="ProxyName">The proxy's name.</param>
/// <param name="ToxicName">The toxic's name.</param>
/// <param name="Connection">The connection's number in its proxy, from 1.</param>
internal sealed record Decision(string ProxyName, string ToxicName, long Connection)
{
    /// <summary>The request's number in its connection, from 1; null for a decision about the whole connection.</summary>
    public long? Request { get; init; }

    /// <summary>The request's <c>traceparent</c>, where it has one.</summary>
    public string? Trace { get; init; }

    /// <summary>The decision as a line of JSON, without its end. No time is in it: the lines of the same decisions are the same.</summary>
    public string Line
    {
        get
        {
            using var bytes = new MemoryStream();
            using (var writer = new Utf8JsonWriter(bytes))
            {
                writer.WriteStartObject();
                writer.WriteString("proxy", ProxyName);
                writer.WriteString("toxic", ToxicName);
                writer.WriteNumber("connection", Connection);
                if (Request is { } request)
                {
                    writer.WriteNumber("request", request);
                }

                if (Trace is { } trace)
                {
                    writer.WriteString("traceparent", trace);
                }

                writer.WriteEndObject();
            }

            return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
    }
}

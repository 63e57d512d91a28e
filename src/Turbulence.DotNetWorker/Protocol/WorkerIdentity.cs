using System.Text.Json;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>What the worker says of itself when it is initialized.</summary>
internal static class WorkerIdentity
{
    /// <summary>The version of the protocol that is spoken.</summary>
    public const int Protocol = 1;

    /// <summary>The worker's version.</summary>
    public static string Version => typeof(WorkerIdentity).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Writes the result of <c>initialize</c>.</summary>
    public static void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("protocol"u8, Protocol);
        json.WriteStartObject("worker"u8);
        json.WriteString("name"u8, "turbulence-dotnet-worker"u8);
        json.WriteString("version"u8, Version);
        json.WriteEndObject();
        json.WriteStartObject("runtime"u8);
        json.WriteString("name"u8, ".NET"u8);
        json.WriteString("version"u8, Environment.Version.ToString());
        json.WriteString("executable"u8, Environment.ProcessPath);
        json.WriteEndObject();
        json.WriteStartArray("capabilities"u8);
        json.WriteStringValue("controls"u8);
        json.WriteStringValue("describe"u8);
        json.WriteStringValue("ping"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

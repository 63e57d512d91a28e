using System.Text.Json;
using Turbulence.Documents;

namespace Turbulence.Hosts.Workers;

/// <summary>The parameters of <c>initialize</c>.</summary>
internal static class InitializeMessage
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter writer, WorkerSettings settings)
    {
        writer.WriteStartObject();
        writer.WriteNumber("protocol"u8, 1);
        writer.WriteStartObject("client"u8);
        writer.WriteString("name"u8, "turbulence"u8);
        writer.WriteString("version"u8, settings.Version);
        writer.WriteEndObject();
        writer.WriteString("directory"u8, settings.Directory);
        writer.WriteString("compatibility"u8, settings.Compatibility == Compatibility.ChaosToolkit ? "chaostoolkit"u8 : "none"u8);
        writer.WriteEndObject();
    }
}

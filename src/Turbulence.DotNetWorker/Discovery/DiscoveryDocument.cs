using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Discovery;

/// <summary>What an assembly has to offer, in the reference's format.</summary>
internal sealed class DiscoveryDocument(Assembly assembly, IReadOnlyList<ActivityDescription> activities)
{
    /// <summary>Writes it.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        var name = assembly.GetName().Name;
        json.WriteStartObject();
        json.WriteString("chaoslib_version", WorkerIdentity.Version);
        json.WriteString("id", Guid.NewGuid());
        json.WriteString("target", name);
        json.WriteString("date", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
        WritePlatform(json);
        json.WriteStartObject("extension");
        json.WriteString("name", name);
        json.WriteString("version", VersionOf());
        json.WriteEndObject();
        json.WriteStartArray("activities");
        foreach (var activity in activities)
        {
            activity.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteNull("system");
        json.WriteEndObject();
    }

    private static void WritePlatform(Utf8JsonWriter json)
    {
        json.WriteStartObject("platform");
        json.WriteString("system", OperatingSystem.IsLinux()
            ? "Linux"
            : OperatingSystem.IsMacOS() ? "Darwin" : OperatingSystem.IsWindows() ? "Windows" : "");
        json.WriteString("node", Environment.MachineName);
        json.WriteString("release", Environment.OSVersion.Version.ToString());
        json.WriteString("version", RuntimeInformation.OSDescription);
        json.WriteString("machine", RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x86_64",
            Architecture.Arm64 => "aarch64",
            var other => other.ToString(),
        });
        json.WriteString("proc", "");
        json.WriteNull("python");
        json.WriteString("dotnet", Environment.Version.ToString());
        json.WriteEndObject();
    }

    private string VersionOf() =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString()
        ?? "";
}

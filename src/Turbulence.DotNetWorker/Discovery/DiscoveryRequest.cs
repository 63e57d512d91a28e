using System.Reflection;
using System.Text.Json;
using Turbulence.DotNetWorker.Assemblies;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Discovery;

/// <summary>The request <c>describe</c>.</summary>
internal sealed class DiscoveryRequest(AssemblyCatalog assemblies, MessageWriter messages)
{
    /// <summary>Describes an assembly.</summary>
    public Action<Utf8JsonWriter> CarryOut(JsonElement parameters)
    {
        var name = parameters.Text("name"u8) ?? "";
        if (!assemblies.Find(name).Is(out var assembly, out var problem))
        {
            return Failed(problem);
        }

        try
        {
            var activities = ActivityDescription.AllOf(assembly, name);
            if (activities.Count == 0)
            {
                messages.Log("warning", "turbulence", $"no method of .NET assembly '{name}' is marked with [Probe] or [Action]");
            }

            return new DiscoveryDocument(assembly, activities).WriteTo;
        }
        catch (Exception exception)
            when (exception is IOException or TypeLoadException or ReflectionTypeLoadException or BadImageFormatException)
        {
            return Failed($"could not load the classes of .NET assembly '{name}': {exception.Message}");
        }
    }

    private static Action<Utf8JsonWriter> Failed(string problem) => new Outcome("failed", problem, [problem]).WriteTo;
}

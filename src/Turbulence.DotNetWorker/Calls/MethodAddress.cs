using System.Text.Json;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>Names a method: what an experiment's provider says.</summary>
internal readonly record struct MethodAddress(string Assembly, string Class, string Method)
{
    /// <summary>Reads a provider.</summary>
    /// <returns>What is missing in it, with its key; null when nothing is.</returns>
    public static (string Key, string Problem)? TryRead(JsonElement provider, out MethodAddress address)
    {
        var (assembly, type, method) = (provider.Text("assembly"u8), provider.Text("class"u8), provider.Text("method"u8));
        address = new(assembly ?? "", type ?? "", method ?? "");
        return string.IsNullOrEmpty(assembly) ? ("assembly", "a .NET activity must have an assembly")
            : string.IsNullOrEmpty(type) ? ("class", "a .NET activity must have a class")
            : string.IsNullOrEmpty(method) ? ("method", "a .NET activity must have a method name")
            : null;
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Turbulence.DotNetWorker.Assemblies;
using Turbulence.DotNetWorker.Calls;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Controls;

/// <summary>Finds the classes of controls, and keeps the instance of each control.</summary>
internal sealed class ControlLibrary(AssemblyCatalog assemblies, MethodLibrary methods)
{
    private readonly ConcurrentDictionary<string, Lazy<ControlCode>> known = new(StringComparer.Ordinal);

    /// <summary>The code of a control.</summary>
    /// <param name="name">The control's name: two names with one class have an instance each.</param>
    /// <param name="provider">Its provider: <c>assembly</c>, and <c>class</c>, which can be left out where one class of the assembly is
    /// marked as a control.</param>
    /// <param name="key">The provider's key that is wrong, where nothing is found.</param>
    public Found<ControlCode> Find(string name, JsonElement provider, out string key)
    {
        key = "assembly";
        if (provider.Text("assembly"u8) is not { Length: > 0 } assembly)
        {
            return Found<ControlCode>.Not("a .NET control must have an assembly");
        }

        var found = provider.Text("class"u8) is { Length: > 0 } type
            ? methods.FindType(assembly, type, out key)
            : FindMarked(assembly, out key);
        if (!found.Is(out var loaded, out var problem))
        {
            return Found<ControlCode>.Not(problem);
        }

        try
        {
            return new(known.GetOrAdd($"{name}\n{loaded.AssemblyQualifiedName}", _ => new(() => new(loaded))).Value);
        }
        catch (Exception exception) when (exception is IOException or TypeLoadException or BadImageFormatException)
        {
            return Found<ControlCode>.Not($"could not load class '{loaded.FullName}' of .NET assembly '{assembly}': {exception.Message}");
        }
    }

    private Found<Type> FindMarked(string assembly, out string key)
    {
        key = "assembly";
        if (!assemblies.Find(assembly).Is(out var loaded, out var problem))
        {
            return Found<Type>.Not(problem);
        }

        key = "class";
        try
        {
            var marked = loaded.GetExportedTypes().Where(ControlCode.IsMarked).Take(2).ToArray();
            return marked is [var only]
                ? new(only)
                : Found<Type>.Not(
                    $"a .NET control must have a class: of assembly '{assembly}' {(marked.Length == 0 ? "no" : "more than one")} class is marked with [Control]");
        }
        catch (Exception exception) when (exception is IOException or TypeLoadException or ReflectionTypeLoadException)
        {
            return Found<Type>.Not($"could not load the classes of .NET assembly '{assembly}': {exception.Message}");
        }
    }
}

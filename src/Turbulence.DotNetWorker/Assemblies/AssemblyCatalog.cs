using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Turbulence.DotNetWorker.Assemblies;

/// <summary>The assemblies that experiments name, each loaded once.</summary>
/// <param name="directory">The experiment's folder, where relative paths start; null for the current directory alone.</param>
internal sealed class AssemblyCatalog(string? directory)
{
    private readonly ConcurrentDictionary<string, Lazy<Found<Assembly>>> loaded = new(StringComparer.Ordinal);

    /// <summary>Loads an assembly.</summary>
    /// <param name="name">A file, with or without its ending, or the name of a framework's assembly.</param>
    /// <returns>The assembly, or why there is none, as <c>could not find …</c> or <c>could not load …</c>.</returns>
    public Found<Assembly> Find(string name)
    {
        // Many names are the framework's; to look at the disk first for each of them would not cost much, but it would be in every call.
        if (loaded.TryGetValue(name, out var known))
        {
            return known.Value;
        }

        return loaded.GetOrAdd(name, _ => new(() => Load(name))).Value;
    }

    private Found<Assembly> Load(string name)
    {
        try
        {
            if (FindFile(name) is { } file)
            {
                // A name that is the whole path already is this very entry, and one that waits for itself never gets a value.
                return file == name ? LoadFile(file) : loaded.GetOrAdd(file, _ => new(() => LoadFile(file))).Value;
            }

            if (!name.AsSpan().ContainsAny('/', '\\') && FrameworkFolders.IsOwn(name))
            {
                return new(AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name)));
            }

            return FrameworkFolders.FindFile(name) is { } other && !name.AsSpan().ContainsAny('/', '\\')
                ? loaded.GetOrAdd(other, _ => new(() => LoadFile(other))).Value
                : Found<Assembly>.Not($"could not find .NET assembly '{name}'");
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or ArgumentException or UnauthorizedAccessException)
        {
            return Found<Assembly>.Not($"could not load .NET assembly '{name}': {exception.Message}");
        }
    }

    private static Found<Assembly> LoadFile(string file)
    {
        try
        {
            return new(new ExtensionLoadContext(file).LoadFromAssemblyPath(file));
        }
        catch (BadImageFormatException)
        {
            return Found<Assembly>.Not($"could not load .NET assembly '{file}': it is not one");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Found<Assembly>.Not($"could not load .NET assembly '{file}': {exception.Message}");
        }
    }

    private string? FindFile(string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var folder in (ReadOnlySpan<string>)[directory ?? ".", "."])
        {
            var path = Path.GetFullPath(Path.Combine(folder, name));
            if (File.Exists(path) && HasEnding(path))
            {
                return path;
            }

            if (File.Exists(path + ".dll"))
            {
                return path + ".dll";
            }
        }

        return null;
    }

    private static bool HasEnding(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
}

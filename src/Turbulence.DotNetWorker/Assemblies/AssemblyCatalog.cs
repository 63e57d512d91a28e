using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Turbulence.DotNetWorker.Assemblies;

/// <summary>The assemblies that experiments name, each loaded once.</summary>
/// <param name="directory">The experiment's folder, where relative paths start; null for the current directory alone.</param>
internal sealed class AssemblyCatalog(string? directory)
{
    private readonly ConcurrentDictionary<string, Lazy<Found<Assembly>>> named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Found<Assembly>>> files = new(StringComparer.Ordinal);

    /// <summary>Loads an assembly.</summary>
    /// <param name="name">A file, with or without its ending, or the name of a framework's assembly.</param>
    /// <returns>The assembly, or why there is none, as <c>could not find …</c> or <c>could not load …</c>.</returns>
    public Found<Assembly> Find(string name)
    {
        var found = named.GetOrAdd(name, _ => new(() => Load(name))).Value;
        if (found.Value is null)
        {
            // It may be built, or put there, by an activity that is still to come.
            named.TryRemove(name, out _);
        }

        return found;
    }

    private Found<Assembly> Load(string name)
    {
        try
        {
            if (FindFile(name) is { } file)
            {
                return Once(file);
            }

            if (!name.AsSpan().ContainsAny('/', '\\') && FrameworkFolders.IsOwn(name))
            {
                return new(AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name)));
            }

            return FrameworkFolders.FindFile(name) is { } other && !name.AsSpan().ContainsAny('/', '\\')
                ? Once(other)
                : Found<Assembly>.Not($"could not find .NET assembly '{name}'");
        }
        catch (Exception exception)
            when (exception is IOException or BadImageFormatException or ArgumentException or UnauthorizedAccessException)
        {
            return Found<Assembly>.Not($"could not load .NET assembly '{name}': {exception.Message}");
        }
    }

    private Found<Assembly> Once(string file)
    {
        var found = files.GetOrAdd(file, _ => new(() => LoadFile(file))).Value;
        if (found.Value is null)
        {
            files.TryRemove(file, out _);
        }

        return found;
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

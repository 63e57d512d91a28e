using System.Reflection;
using System.Runtime.Loader;

namespace Turbulence.DotNetWorker.Assemblies;

/// <summary>
/// One extension with its dependencies, apart from those of others. What the framework and the worker have is shared, so that their types
/// are the same on both sides; a dependency that needs a newer one than the framework's gets its own.
/// </summary>
internal sealed class ExtensionLoadContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    // What the worker hands to methods has these types, so there is one version of them, whichever an extension was built with.
    private static readonly string[] Contracts =
    [
        "Turbulence.Sdk", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
    ];

    private readonly AssemblyDependencyResolver? dependencies = TryResolve(file);

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name)
        {
            return null;
        }

        if (FrameworkFolders.IsOwn(name) && TryShared(Contracts.Contains(name) ? new(name) : assemblyName) is { } shared)
        {
            return shared;
        }

        var path = dependencies?.ResolveAssemblyToPath(assemblyName) ?? Beside(name) ?? FrameworkFolders.FindFile(name);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        dependencies?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static AssemblyDependencyResolver? TryResolve(string file)
    {
        try
        {
            return new(file);
        }
        catch (InvalidOperationException)
        {
            // A deps.json that cannot be read, or a worker that is run without a host; what lies beside the assembly is still found.
            return null;
        }
    }

    private static Assembly? TryShared(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(name);
        }
        catch (Exception exception) when (exception is FileLoadException or FileNotFoundException)
        {
            // A newer one is asked for.
            return null;
        }
    }

    private string? Beside(string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(file) ?? ".", name + ".dll");
        return File.Exists(path) ? path : null;
    }
}

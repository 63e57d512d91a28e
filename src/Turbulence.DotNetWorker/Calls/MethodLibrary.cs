using System.Collections.Concurrent;
using System.Reflection;
using Turbulence.DotNetWorker.Assemblies;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>Finds the overloads of the methods that experiments name, and keeps them.</summary>
internal sealed class MethodLibrary(AssemblyCatalog assemblies)
{
    private const BindingFlags Callable = BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private readonly ConcurrentDictionary<string, Found<CallableMethod[]>> known = new(StringComparer.Ordinal);

    /// <summary>All public static methods of that name that can be called.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="key">The provider's key that is wrong, where nothing is found.</param>
    public Found<CallableMethod[]> Find(MethodAddress address, out string key)
    {
        key = "";
        var name = $"{address.Method}\n{address.Class}\n{address.Assembly}";
        if (known.TryGetValue(name, out var methods))
        {
            return methods;
        }

        var found = Search(address, out key);
        if (found.Value is not null)
        {
            known.TryAdd(name, found);
        }

        return found;
    }

    /// <summary>A public class.</summary>
    /// <param name="assembly">Its assembly, as an experiment names it.</param>
    /// <param name="name">Its full name, <c>Outer+Inner</c> for a nested one.</param>
    /// <param name="key">The provider's key that is wrong, where nothing is found.</param>
    public Found<Type> FindType(string assembly, string name, out string key)
    {
        key = "assembly";
        if (!assemblies.Find(assembly).Is(out var loaded, out var problem))
        {
            return Found<Type>.Not(problem);
        }

        key = "class";
        try
        {
            var type = loaded.GetType(name, throwOnError: false);
            return type is null ? Found<Type>.Not($"could not find class '{name}' in .NET assembly '{assembly}'")
                : !type.IsVisible ? Found<Type>.Not($"class '{name}' of .NET assembly '{assembly}' is not public")
                : type.ContainsGenericParameters ? Found<Type>.Not($"class '{name}' of .NET assembly '{assembly}' needs type arguments")
                : new(type);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException or ArgumentException)
        {
            return Found<Type>.Not($"could not load class '{name}' of .NET assembly '{assembly}': {exception.Message}");
        }
    }

    /// <summary>The name that was probably meant where a class or a method was not found; null where none is like it.</summary>
    /// <param name="address">What was not found.</param>
    /// <param name="key">The provider's key that is wrong: <c>class</c> or <c>method</c>.</param>
    public string? Nearest(MethodAddress address, string key)
    {
        try
        {
            return key == "class" && assemblies.Find(address.Assembly).Is(out var loaded, out _) && loaded.GetType(address.Class) is null
                    ? NearName.Of(
                        address.Class, loaded.GetExportedTypes().Concat(loaded.GetForwardedTypes()).Select(type => type.FullName!))
                : key == "method" && FindType(address.Assembly, address.Class, out _).Is(out var type, out _)
                    ? NearName.Of(
                        address.Method, type.GetMethods(Callable).Select(method => method.Name).Where(name => name != address.Method))
                : null;
        }
        catch (Exception exception)
            when (exception is IOException or BadImageFormatException or TypeLoadException or ReflectionTypeLoadException
                or NotSupportedException)
        {
            // What cannot be loaded cannot be meant.
            return null;
        }
    }

    private Found<CallableMethod[]> Search(MethodAddress address, out string key)
    {
        if (!FindType(address.Assembly, address.Class, out key).Is(out var type, out var problem))
        {
            return Found<CallableMethod[]>.Not(problem);
        }

        key = "method";
        var any = false;
        List<CallableMethod> methods = [];
        try
        {
            foreach (var member in type.GetMember(address.Method, MemberTypes.Method, Callable))
            {
                // A star at the end of a name would match any that begins like it.
                any |= member.Name == address.Method;
                if (member.Name == address.Method && CallableMethod.Of((MethodInfo)member) is { } method)
                {
                    methods.Add(method);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException)
        {
            return Found<CallableMethod[]>.Not($"could not load method '{address.Method}' of class '{address.Class}': {exception.Message}");
        }

        return methods.Count > 0 ? new(methods.ToArray())
            : Found<CallableMethod[]>.Not(any
                ? $"The method '{address.Method}' of class '{address.Class}' has type parameters, references or spans, which an experiment cannot give it"
                : $"The class '{address.Class}' does not expose a public static method called '{address.Method}'");
    }
}

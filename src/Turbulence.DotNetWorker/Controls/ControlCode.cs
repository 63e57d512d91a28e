using System.Reflection;
using Turbulence.DotNetWorker.Calls;

namespace Turbulence.DotNetWorker.Controls;

/// <summary>The code of one control: a class, its hooks, and where they are no static methods, an instance.</summary>
internal sealed class ControlCode
{
    private readonly Dictionary<string, HookMethod> hooks = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];
    private readonly Lazy<object> instance;

    /// <summary>Looks at a class.</summary>
    public ControlCode(Type type)
    {
        var all = BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy;
        var isInstantiated = IsMarked(type) && !type.IsAbstract;
        foreach (var method in type.GetMethods(isInstantiated ? all | BindingFlags.Instance : all))
        {
            if (HookName.Of(method.Name) is { } hook)
            {
                Add(hook, method);
            }
        }

        if (hooks.Values.Any(hook => !hook.Method.Method.IsStatic) && type.GetConstructor(Type.EmptyTypes) is null)
        {
            faults.Add($"class '{type.FullName}' has no public parameterless constructor");
        }
        else if (hooks.Count == 0)
        {
            faults.Add(
                $"class '{type.FullName}' has no method that is named for a hook{(isInstantiated ? "" : "; instance methods need the class to be marked with [Control]")}");
        }

        instance = new(() => Activator.CreateInstance(
            type, BindingFlags.DoNotWrapExceptions | BindingFlags.Public | BindingFlags.Instance, null, null, null)!);
    }

    /// <summary>What is wrong with the class.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Its hooks.</summary>
    public IEnumerable<HookMethod> Hooks => hooks.Values;

    /// <summary>What its hooks are called on; made at first use.</summary>
    /// <remarks>Throws what the constructor throws.</remarks>
    public object Instance => instance.Value;

    /// <summary>The instance, where there is one already.</summary>
    public object? CreatedInstance => instance.IsValueCreated ? instance.Value : null;

    /// <summary>Whether a class says of itself that it is a control.</summary>
    public static bool IsMarked(Type type) =>
        type.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "Turbulence.Sdk.ControlAttribute");

    /// <summary>The method of a hook, or null.</summary>
    public HookMethod? Find(string hook) => hooks.GetValueOrDefault(hook);

    /// <summary>Whether any hook has a parameter of that name.</summary>
    public bool Takes(string argument) => Hooks.Any(hook => hook.Method.Find(argument) is { Kind: ParameterKind.Argument });

    private void Add(string hook, MethodInfo method)
    {
        if (CallableMethod.Of(method) is not { } callable)
        {
            faults.Add($"the method '{method.Name}' has type parameters, references or spans, which a hook cannot be given");
        }
        else if (!hooks.TryAdd(hook, new(hook, callable)))
        {
            faults.Add($"there are several methods for one hook: {hooks[hook].Method}, {callable}");
        }
    }
}

using System.Reflection;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>A parameter of a method that can be called.</summary>
internal sealed class MethodParameter
{
    /// <summary>Looks at a parameter.</summary>
    public MethodParameter(ParameterInfo parameter)
    {
        Name = parameter.Name ?? "";
        Type = parameter.ParameterType;
        Kind = KindOf(Type);
        IsList = Type.IsArray && parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false);
        IsOptional = parameter.IsOptional || IsList;
        if (parameter.HasDefaultValue)
        {
            Default = DefaultOf(parameter);
        }
        else if (IsList)
        {
            Default = Array.CreateInstance(Type.GetElementType()!, 0);
        }
        else if (IsOptional && Type.IsValueType)
        {
            Default = Activator.CreateInstance(Type);
        }
    }

    /// <summary>The name that arguments are bound by.</summary>
    public string Name { get; }

    /// <summary>What it takes.</summary>
    public Type Type { get; }

    /// <summary>Who gives it its value.</summary>
    public ParameterKind Kind { get; }

    /// <summary>Whether it is a <c>params</c> array.</summary>
    public bool IsList { get; }

    /// <summary>Whether a call can do without it.</summary>
    public bool IsOptional { get; }

    /// <summary>What an optional one is then.</summary>
    public object? Default { get; }

    // By name and not by type: the assemblies of these types are loaded only where somebody uses them.
    private static ParameterKind KindOf(Type type) => type.Name switch
    {
        nameof(CancellationToken) when type == typeof(CancellationToken) => ParameterKind.CancellationToken,
        "Configuration" when type.FullName == "Turbulence.Sdk.Configuration" => ParameterKind.Configuration,
        "Secrets" when type.FullName == "Turbulence.Sdk.Secrets" => ParameterKind.Secrets,
        "ILogger" or "ILogger`1" when type.Namespace == "Microsoft.Extensions.Logging" => ParameterKind.Logger,
        _ => ParameterKind.Argument,
    };

    private static object? DefaultOf(ParameterInfo parameter)
    {
        var value = parameter.DefaultValue;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value is null
            ? parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null
            : type.IsEnum && value.GetType() != type ? Enum.ToObject(type, value) : value;
    }
}

using Turbulence.DotNetWorker.Calls;

namespace Turbulence.DotNetWorker.Controls;

/// <summary>A method that is called at a hook.</summary>
/// <param name="Hook">The protocol's name of the hook, such as <c>before_activity</c>; <c>validate</c> for the control's own
/// validation.</param>
/// <param name="Method">The method.</param>
internal sealed record HookMethod(string Hook, CallableMethod Method)
{
    private static readonly string[] Objects = ["context", "state", "experiment", "configuration", "secrets", "settings"];

    /// <summary>The objects of the run that it has parameters for.</summary>
    public IReadOnlyList<string> Wanted { get; } =
        [.. Objects.Where(name => Method.Parameters.Any(parameter => ObjectOf(parameter) == name))];

    /// <summary>The object of the run that a parameter is for: by its name, and for the authors' types by those.</summary>
    public static string? ObjectOf(MethodParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Configuration => "configuration",
        ParameterKind.Secrets => "secrets",
        ParameterKind.Argument when Objects.Contains(parameter.Name) => parameter.Name,
        _ => null,
    };
}

using System.Reflection;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>A public method that an experiment can call.</summary>
internal sealed class CallableMethod
{
    private CallableMethod(MethodInfo method, MethodParameter[] parameters)
    {
        Method = method;
        Parameters = parameters;
    }

    /// <summary>The method.</summary>
    public MethodInfo Method { get; }

    /// <summary>Its parameters, in order.</summary>
    public MethodParameter[] Parameters { get; }

    /// <summary>
    /// The method as one can call it; null where it has what JSON cannot give: type parameters, references, pointers, spans.
    /// </summary>
    public static CallableMethod? Of(MethodInfo method)
    {
        if (method.ContainsGenericParameters)
        {
            return null;
        }

        var all = method.GetParameters();
        var parameters = new MethodParameter[all.Length];
        for (var index = 0; index < all.Length; index++)
        {
            var type = all[index].ParameterType;
            if (type.IsByRef || type.IsPointer || type.IsByRefLike || type.IsFunctionPointer)
            {
                return null;
            }

            parameters[index] = new(all[index]);
        }

        return method.ReturnType.IsByRef || method.ReturnType.IsByRefLike || method.ReturnType.IsPointer ? null : new(method, parameters);
    }

    /// <summary>The parameter of that name, or null.</summary>
    public MethodParameter? Find(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>As C# writes it.</summary>
    public override string ToString() =>
        $"{Method.Name}({string.Join(", ", Parameters.Select(parameter => $"{parameter.Type.ToSource()} {parameter.Name}"))})";
}

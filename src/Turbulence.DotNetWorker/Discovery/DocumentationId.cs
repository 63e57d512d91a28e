using System.Reflection;
using System.Text;

namespace Turbulence.DotNetWorker.Discovery;

/// <summary>The ids that C# compilers give to members in documentation files (C# specification, annex D.4.2).</summary>
internal static class DocumentationId
{
    /// <summary>The id of a method without type parameters of its own.</summary>
    public static string Of(MethodInfo method)
    {
        var id = new StringBuilder("M:").Append(method.DeclaringType!.FullName!.Replace('+', '.')).Append('.').Append(method.Name);
        var parameters = method.GetParameters();
        return parameters.Length == 0
            ? id.ToString()
            : id.Append('(').AppendJoin(',', parameters.Select(parameter => NameOf(parameter.ParameterType))).Append(')').ToString();
    }

    private static string NameOf(Type type)
    {
        if (type.IsArray)
        {
            return NameOf(type.GetElementType()!) +
                (type.GetArrayRank() == 1 ? "[]" : $"[{string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()))}]");
        }

        if (!type.IsGenericType)
        {
            return (type.FullName ?? type.Name).Replace('+', '.');
        }

        var arguments = type.GetGenericArguments();
        var name = new StringBuilder();
        var used = 0;
        foreach (var part in type.GetGenericTypeDefinition().FullName!.Split('+'))
        {
            var pieces = part.Split('`');
            name.Append(name.Length == 0 ? "" : ".").Append(pieces[0]);
            if (pieces.Length == 2)
            {
                var count = int.Parse(pieces[1], System.Globalization.CultureInfo.InvariantCulture);
                name.Append('{').AppendJoin(',', arguments.Skip(used).Take(count).Select(NameOf)).Append('}');
                used += count;
            }
        }

        return name.ToString();
    }
}

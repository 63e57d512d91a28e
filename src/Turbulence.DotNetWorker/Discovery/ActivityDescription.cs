using System.Reflection;
using System.Text.Json;
using Turbulence.DotNetWorker.Calls;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Discovery;

/// <summary>One method that is marked as a probe or an action.</summary>
/// <param name="Type"><c>probe</c> or <c>action</c>.</param>
/// <param name="Assembly">The assembly, as an experiment would name it.</param>
/// <param name="Method">The method.</param>
/// <param name="Documentation">What it does, or null.</param>
internal sealed record ActivityDescription(string Type, string Assembly, CallableMethod Method, string? Documentation)
{
    private const string Attributes = "Turbulence.Sdk.";

    /// <summary>The marked methods of an assembly, by class and name.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">What it was asked for by.</param>
    public static IReadOnlyList<ActivityDescription> AllOf(Assembly assembly, string name)
    {
        var documentation = new Lazy<DocumentationFile>(() => DocumentationFile.Beside(assembly));
        List<ActivityDescription> all = [];
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
            foreach (var method in methods.OrderBy(method => method.Name, StringComparer.Ordinal))
            {
                if (Mark(method) is { } mark && CallableMethod.Of(method) is { } callable)
                {
                    var description =
                        mark.NamedArguments.FirstOrDefault(argument => argument.MemberName == "Description").TypedValue.Value as string;
                    all.Add(new(KindOf(mark), name, callable, description ?? documentation.Value.SummaryOf(method)));
                }
            }
        }

        return all;
    }

    /// <summary>Writes it as an object: the reference's keys, then those of a provider that calls it.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        var type = Method.Method.DeclaringType!.FullName;
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WriteString("name", Method.Method.Name);
        json.WriteString("mod", type);
        json.WriteString("doc", Documentation);
        json.WriteStartArray("arguments");
        foreach (var parameter in Method.Parameters.Where(
            parameter => parameter.Kind == ParameterKind.Argument && !ArgumentAttempt.IsSuppliedByName(parameter)))
        {
            WriteArgument(json, parameter);
        }

        json.WriteEndArray();
        json.WriteString("return_type", PortableType.OfResult(Method.Method.ReturnType));
        json.WriteStartObject("provider");
        json.WriteString("type", "dotnet");
        json.WriteString("assembly", Assembly);
        json.WriteString("class", type);
        json.WriteString("method", Method.Method.Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteArgument(Utf8JsonWriter json, MethodParameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        if (parameter.IsOptional && OutputValue.ToOutcome(parameter.Default) is { End: "succeeded" } written)
        {
            json.WritePropertyName("default");
            json.WriteRawValue(written.Output.IsEmpty ? "null"u8 : written.Output.Span, skipInputValidation: true);
        }

        json.WriteString("type", PortableType.Of(parameter.Type));
        json.WriteEndObject();
    }

    private static CustomAttributeData? Mark(MethodInfo method) =>
        method.CustomAttributes.FirstOrDefault(
            attribute => attribute.AttributeType.FullName is Attributes + "ProbeAttribute" or Attributes + "ActionAttribute");

    private static string KindOf(CustomAttributeData mark) => mark.AttributeType.Name == "ProbeAttribute" ? "probe" : "action";
}

using System.Text.Json;
using Turbulence.DotNetWorker.Calls;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Validation;

/// <summary>Looks for the methods that activities name, and holds their arguments against them.</summary>
internal sealed class ActivityCheck(MethodLibrary methods)
{
    /// <summary>Everything that is wrong with an activity's provider.</summary>
    public IReadOnlyList<Problem> Check(JsonElement activity)
    {
        var provider = activity.Member("provider"u8);
        if (MethodAddress.TryRead(provider, out var address) is var (missing, text))
        {
            return [Problem.Error(text, "provider", missing)];
        }

        var name = activity.Text("name"u8) ?? address.Method;
        var texts = (ReadOnlySpan<string>)[address.Assembly, address.Class, address.Method];
        foreach (var part in texts)
        {
            if (part.Contains("${", StringComparison.Ordinal))
            {
                return [];
            }
        }

        if (!methods.Find(address, out var key).Is(out var overloads, out var problem))
        {
            var where = key == "method" ? $"{activity.Text("type"u8) ?? "activity"} '{name}'" : $"activity '{name}'";
            return [Problem.Error($"{problem} in {where}{Hint(address, key)}", "provider", key)];
        }

        var arguments = provider.Member("arguments"u8);
        if (arguments.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return [Problem.Error(
                $"the arguments of activity '{name}' must be a map, and are {Values.ValueKind.Name(arguments)}", "provider", "arguments")];
        }

        OverloadChoice.Choose(overloads, arguments, name, planned: true, out var problems);
        return [.. problems.Select(each => Place(each, arguments.ValueKind == JsonValueKind.Object))];
    }

    private string Hint(MethodAddress address, string key) =>
        key == "assembly" ? "; a .dll is looked for in the experiment's folder, in the current one, and among .NET's own: is it built?"
        : methods.Nearest(address, key) is { } name ? $"; did you mean '{name}'?"
        : "";

    private static Problem Place(ArgumentProblem problem, bool hasArguments) =>
        problem.Argument is { } argument ? Problem.Error(problem.Text, "provider", "arguments", argument)
        : hasArguments ? Problem.Error(problem.Text, "provider", "arguments")
        : Problem.Error(problem.Text, "provider");
}

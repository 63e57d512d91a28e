using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>Arguments held against the parameters of one method.</summary>
internal sealed class ArgumentAttempt
{
    private readonly List<ArgumentProblem> problems = [];

    private ArgumentAttempt(CallableMethod method)
    {
        Method = method;
        Values = method.Parameters.Length == 0 ? [] : new object?[method.Parameters.Length];
    }

    /// <summary>The method.</summary>
    public CallableMethod Method { get; }

    /// <summary>The values of its parameters; those that are supplied are still missing.</summary>
    public object?[] Values { get; }

    /// <summary>What does not fit.</summary>
    public IReadOnlyList<ArgumentProblem> Problems => problems;

    /// <summary>How far the types are from the values; 0 is best.</summary>
    public int Distance { get; private set; }

    /// <summary>How many optional parameters got no argument.</summary>
    public int Omitted { get; private set; }

    /// <summary>Holds arguments against a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments by name; anything but an object is none.</param>
    /// <param name="activity">The activity's name, for texts.</param>
    /// <param name="planned">Whether placeholders are not replaced yet, so that a text that has one may become anything.</param>
    public static ArgumentAttempt Of(CallableMethod method, JsonElement arguments, string activity, bool planned)
    {
        var attempt = new ArgumentAttempt(method);
        for (var index = 0; index < method.Parameters.Length; index++)
        {
            attempt.Bind(index, arguments, activity, planned);
        }

        if (arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var argument in arguments.EnumerateObject())
            {
                if (method.Find(argument.Name) is not { Kind: ParameterKind.Argument })
                {
                    attempt.problems.Add(
                        new(argument.Name, $"argument '{argument.Name}' is not part of the method signature in activity '{activity}'"));
                }
            }
        }

        return attempt;
    }

    /// <summary>Whether a parameter that is not given can stand for the configuration, or the secrets, by its name.</summary>
    public static bool IsSuppliedByName(MethodParameter parameter) =>
        parameter is { Kind: ParameterKind.Argument, Name: "configuration" or "secrets" }
        && (typeof(JsonNode).IsAssignableFrom(parameter.Type)
            || parameter.Type == typeof(JsonElement)
            || ListValue.ValueOf(parameter.Type) is not null);

    private void Bind(int index, JsonElement arguments, string activity, bool planned)
    {
        var parameter = Method.Parameters[index];
        if (parameter.Kind != ParameterKind.Argument)
        {
            return;
        }

        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(parameter.Name, out var value))
        {
            Omit(index, parameter, activity);
            return;
        }

        if (planned && HasPlaceholder(value))
        {
            return;
        }

        Distance += ValueFit.Rank(value, parameter.Type);
        if (ArgumentValue.TryConvert(value, parameter.Type, out Values[index]) is { } misfit)
        {
            problems.Add(new(parameter.Name, $"argument '{parameter.Name}{misfit.Path}' of activity '{activity}' {misfit.Text}"));
        }
    }

    private void Omit(int index, MethodParameter parameter, string activity)
    {
        if (IsSuppliedByName(parameter))
        {
            return;
        }

        if (!parameter.IsOptional)
        {
            problems.Add(new(null, $"required argument '{parameter.Name}' is missing from activity '{activity}'"));
            return;
        }

        Omitted++;
        Values[index] = parameter.Default;
    }

    private static bool HasPlaceholder(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Contains("${", StringComparison.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().Any(HasPlaceholder),
        JsonValueKind.Object => value.EnumerateObject().Any(member => HasPlaceholder(member.Value)),
        _ => false,
    };
}

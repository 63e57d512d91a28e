using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Reads a fault's arguments as its description declares them. Numbers may be texts, as an environment variable gives them. The first thing
/// that is wrong is kept in <see cref="Problem"/>; what is read after it counts for nothing.
/// </summary>
internal sealed class ArgumentReader
{
    private readonly JsonObject arguments;
    private readonly string kind;

    public ArgumentReader(FaultKindDescription description, JsonObject arguments)
    {
        this.arguments = arguments;
        kind = description.Name;
        var known = description.Arguments.Select(argument => argument.Name).ToHashSet(StringComparer.Ordinal);
        Problem = arguments.FirstOrDefault(argument => !known.Contains(argument.Key)).Key is { } unknown
            ? $"{kind} has no argument '{unknown}'; it has {string.Join(", ", known)}"
            : description.Arguments.FirstOrDefault(argument => argument.IsRequired && arguments[argument.Name] is null) is { } missing
                ? $"{kind} needs the argument '{missing.Name}': {missing.Summary}"
                : null;
    }

    /// <summary>What is wrong, in one line; null where nothing is.</summary>
    public string? Problem { get; private set; }

    public bool Has(string name) => arguments[name] is not null;

    /// <summary>Keeps a problem, unless there is one already or this is none.</summary>
    public void Refuse(string? problem) => Problem ??= problem;

    public string? Text(string name)
    {
        if (arguments[name] is not { } node)
        {
            return null;
        }

        if (node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is { Length: > 0 } text && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        Refuse($"the argument '{name}' of {kind} must be a text that is not empty, not {node.ToJsonString()}");
        return null;
    }

    public long Integer(string name, long otherwise, long least, long most) =>
        Value(name, $"a whole number from {least} to {most}", ReadInteger) is { } number && number >= least && number <= most
            ? number
            : Refused(name, otherwise, $"a whole number from {least} to {most}");

    public double Number(string name, double otherwise, double least, double most) =>
        Value(name, $"a number from {Written(least)} to {Written(most)}", ReadNumber) is { } number && number >= least && number <= most
            ? number
            : Refused(name, otherwise, $"a number from {Written(least)} to {Written(most)}");

    public bool Boolean(string name) => Value(name, "true or false", ReadBoolean) ?? false;

    public long? Size(string name)
    {
        const string Expected = "a number of bytes above 0, or a text such as 64MiB";
        return Value(name, Expected, ReadSize) is not { } size ? null : size > 0 ? size : Refused(name, 0L, Expected);
    }

    private static string Written(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static long? ReadInteger(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
            && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;

    private static double? ReadNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static bool? ReadBoolean(string text) => bool.TryParse(text, out var value) ? value : null;

    private static long? ReadSize(string text) => SizeText.TryParse(text, out var bytes) ? bytes : null;

    private T? Value<T>(string name, string expected, Func<string, T?> read)
        where T : struct
    {
        if (arguments[name] is not { } node)
        {
            return null;
        }

        var text = node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
            _ => "",
        };
        if (read(text) is { } value)
        {
            return value;
        }

        Refuse($"the argument '{name}' of {kind} must be {expected}, not {node.ToJsonString()}");
        return null;
    }

    private T Refused<T>(string name, T otherwise, string expected)
    {
        if (Has(name))
        {
            Refuse($"the argument '{name}' of {kind} must be {expected}, not {arguments[name]!.ToJsonString()}");
        }

        return otherwise;
    }
}

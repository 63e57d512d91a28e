using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Faults.Arguments;

/// <summary>What a person types for an argument, as an experiment has it. What does not fit stays the text that it is.</summary>
internal static class ArgumentText
{
    /// <summary>Gives a text the type of an argument.</summary>
    public static Func<string, JsonNode> Typed(ArgumentType type) => type switch
    {
        ArgumentType.Integer => static text =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text,
        ArgumentType.Number or ArgumentType.Share or ArgumentType.Seconds => static text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : text,
        ArgumentType.Boolean => static text => bool.TryParse(text, out var flag) ? flag : text,
        _ => static text => text,
    };
}

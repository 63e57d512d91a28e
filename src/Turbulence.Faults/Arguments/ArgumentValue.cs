using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Documents;

namespace Turbulence.Faults.Arguments;

/// <summary>
/// The value of an argument. What comes from an environment variable is a text, whatever it says, so a text that says a number is one; in
/// the experiment itself it is a mistake.
/// </summary>
internal static class ArgumentValue
{
    private static readonly TimeSpan SearchPatience = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with a value, in words that follow the argument's name; null for nothing.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="node">Its value.</param>
    /// <param name="isWritten">Whether it stands so in the experiment.</param>
    public static string? Problem(FaultArgument argument, JsonNode node, bool isWritten)
    {
        var hint = "";
        var isGood = argument.MayBeList && node is JsonArray list ? AreGood(argument, list, isWritten, ref hint)
            : IsGood(argument, node, isWritten, ref hint);
        if (!isGood && argument.Type == ArgumentType.Choice && TryText(node, out var word))
        {
            hint = NearestWord.Hint(Bare(argument, word), argument.Choices);
        }

        return isGood ? null : $"must be {argument.Expected}, not {node.ToJsonString()}{hint}";
    }

    /// <summary>Reads a text that is not empty and that the system can be given.</summary>
    public static bool TryText(JsonNode node, out string text)
    {
        text = node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "";
        return text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal);
    }

    /// <summary>Reads a choice: <c>term</c> and <c>SIGTERM</c> are <c>TERM</c>.</summary>
    public static bool TryChoice(FaultArgument argument, JsonNode node, out string choice)
    {
        choice = TryText(node, out var text)
            ? argument.Choices.FirstOrDefault(known => known.Equals(Bare(argument, text), StringComparison.OrdinalIgnoreCase)) ?? ""
            : "";
        return choice.Length > 0;
    }

    /// <summary>Reads a number that the argument may be.</summary>
    public static bool TryNumber(FaultArgument argument, JsonNode node, bool isWritten, out decimal number)
    {
        number = 0;
        var text = node.GetValueKind() switch
        {
            JsonValueKind.String when !isWritten || argument.Type == ArgumentType.Size => node.GetValue<string>(),
            JsonValueKind.Number => node.ToJsonString(),
            _ => "",
        };
        return (argument.Type == ArgumentType.Size
            ? TrySize(text, out number)
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            && (argument.Type != ArgumentType.Integer
                || (number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue))
            && argument.Allows(number);
    }

    /// <summary>Reads true or false.</summary>
    public static bool TryBoolean(JsonNode node, bool isWritten, out bool value)
    {
        value = node.GetValueKind() == JsonValueKind.True;
        return node.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            || (!isWritten && node.GetValueKind() == JsonValueKind.String && bool.TryParse(node.GetValue<string>(), out value));
    }

    /// <summary>A regular expression that gives up a search which takes long.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static Regex Pattern(string text) => new(text, RegexOptions.CultureInvariant, SearchPatience);

    private static bool IsPlaceholder(JsonNode node) => TryText(node, out var text) && text.Contains("${", StringComparison.Ordinal);

    private static bool AreGood(FaultArgument argument, JsonArray list, bool isWritten, ref string hint)
    {
        foreach (var item in list)
        {
            // What a placeholder brings is known only to the run.
            if (item is null || (!(isWritten && IsPlaceholder(item)) && !IsGood(argument, item, isWritten, ref hint)))
            {
                return false;
            }
        }

        return list.Count > 0;
    }

    private static bool IsGood(FaultArgument argument, JsonNode node, bool isWritten, ref string hint) => argument.Type switch
    {
        ArgumentType.Integer or ArgumentType.Number or ArgumentType.Size or ArgumentType.Share or ArgumentType.Seconds =>
            TryNumber(argument, node, isWritten, out _),
        ArgumentType.Boolean => TryBoolean(node, isWritten, out _),
        ArgumentType.Choice => TryChoice(argument, node, out _),
        _ => TryText(node, out var text) && Is(argument.Type, text, ref hint),
    };

    private static bool Is(ArgumentType type, string text, ref string hint)
    {
        try
        {
            return type switch
            {
                ArgumentType.Pattern => Pattern(text) is not null,
                ArgumentType.Host => Uri.CheckHostName(text) == UriHostNameType.Dns,
                ArgumentType.Address => IPAddress.TryParse(text, out _),
                ArgumentType.Url => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                    && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0,
                _ => true,
            };
        }
        catch (ArgumentException failure)
        {
            hint = $": {failure.Message}";
            return false;
        }
    }

    private static bool TrySize(string text, out decimal number)
    {
        var isSize = SizeText.TryParse(text, out var bytes);
        number = bytes;
        return isSize;
    }

    private static string Bare(FaultArgument argument, string text) =>
        argument.Prefix.Length > 0 && text.StartsWith(argument.Prefix, StringComparison.OrdinalIgnoreCase)
            ? text[argument.Prefix.Length..]
            : text;
}

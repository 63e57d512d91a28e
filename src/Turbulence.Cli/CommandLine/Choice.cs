using System.CommandLine;
using System.Globalization;

namespace Turbulence.Cli.CommandLine;

/// <summary>Makes options whose mistakes are told in one line.</summary>
internal static class Choice
{
    /// <summary>An option that is there or not.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option that takes one of several words; null where it is absent.</summary>
    public static Option<string?> Among(string name, string description, params string[] words) =>
        Checked(new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) }, words);

    /// <summary>An option that takes one of several words, with a default.</summary>
    public static Option<string> Among(string name, string description, string fallback, params string[] words) =>
        Checked(
            new Option<string>(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => fallback },
            words);

    /// <summary>An option that takes a number of seconds above zero; null where it is absent.</summary>
    public static Option<TimeSpan?> Seconds(string name, string description)
    {
        const double longest = 4_294_967;
        return new Option<TimeSpan?>(name)
        {
            Description = description,
            HelpName = "SECONDS",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < longest)
                {
                    return TimeSpan.FromSeconds(seconds);
                }

                result.AddError($"'{text}' is not a value for {name}; it takes a number of seconds above 0");
                return null;
            },
        };
    }

    private static Option<T> Checked<T>(Option<T> option, string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !words.Contains(word, StringComparer.Ordinal))
            {
                result.AddError($"'{word}' is not a value for {option.Name}; it takes {string.Join(", ", words)}");
            }
        });
        return option;
    }
}

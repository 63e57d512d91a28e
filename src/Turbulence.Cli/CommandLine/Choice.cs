using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace Turbulence.Cli.CommandLine;

/// <summary>Makes options whose mistakes are told in one line.</summary>
internal static class Choice
{
    /// <summary>An option that is there or not.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option that takes one of several words; null where it is absent.</summary>
    public static Option<string?> Among(string name, string description, params string[] words) =>
        Among(name, description, words, word => words.Contains(word, StringComparer.Ordinal));

    /// <summary>The same, where more words are understood than are told.</summary>
    public static Option<string?> Among(string name, string description, string[] words, Func<string, bool> accepts) =>
        Checked(new Option<string?>(name) { Description = Described(description, words), HelpName = "WORD" }, words, accepts);

    /// <summary>An option that takes one of several words, with a default.</summary>
    public static Option<string> Defaulted(string name, string description, string fallback, params string[] words) =>
        Checked(
            new Option<string>(name)
            {
                Description = Described(description, words),
                HelpName = "WORD",
                DefaultValueFactory = _ => fallback,
            },
            words,
            word => words.Contains(word, StringComparer.Ordinal));

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
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                    && seconds is > 0 and < longest)
                {
                    return TimeSpan.FromSeconds(seconds);
                }

                result.AddError($"'{text}' is not a value for {name}; it takes a number of seconds above 0");
                return null;
            },
        };
    }

    /// <summary>An option that takes a port; null where it is absent.</summary>
    public static Option<int?> Port(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                return port;
            }

            result.AddError($"'{text}' is not a value for {name}; it takes a number from 0 to 65535");
            return null;
        },
    };

    /// <summary>An argument for which a shell is offered words; the help names it, and does not list them.</summary>
    public static Argument<T> Offering<T>(Argument<T> argument, Func<CompletionContext, IEnumerable<CompletionItem>> words)
    {
        argument.HelpName = argument.Name;
        argument.CompletionSources.Add(words);
        return argument;
    }

    private static string Described(string description, string[] words) => $"{description}: {string.Join(", ", words)}.";

    private static Option<T> Checked<T>(Option<T> option, string[] words, Func<string, bool> accepts)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !accepts(word))
            {
                result.AddError($"'{word}' is not a value for {option.Name}; it takes {string.Join(", ", words)}");
            }
        });
        return option;
    }
}

using System.CommandLine;
using System.CommandLine.Completions;

namespace Turbulence.Cli.Completions;

/// <summary>
/// Says what can stand at the end of a command line that is not finished. The parser's own completion does not tell files from words, and
/// offers what was given already.
/// </summary>
/// <param name="root">The whole command.</param>
internal sealed class CommandCompletion(Command root)
{
    private static readonly ParserConfiguration NoFiles = new() { ResponseFileTokenReplacer = null };

    /// <summary>Finds it.</summary>
    /// <param name="before">The words in front of the one that is completed, without the program.</param>
    /// <param name="word">What is there of it; empty for nothing.</param>
    public Offer Find(IReadOnlyList<string> before, string word)
    {
        var command = root;
        List<Option> known = [.. root.Options];
        HashSet<Option> given = [];
        Option? open = null;
        var arguments = 0;
        var onlyArguments = false;
        foreach (var passed in before)
        {
            if (open is not null)
            {
                open = null;
            }
            else if (passed == "--" && !onlyArguments)
            {
                onlyArguments = true;
            }
            else if (passed is ['-', _, ..] && !onlyArguments)
            {
                var name = passed.Split('=', 2)[0];
                if (Named(known, name) is { } option)
                {
                    given.Add(option);
                    open = TakesValue(option) && name.Length == passed.Length ? option : null;
                }
            }
            else if (arguments == 0 && !onlyArguments && Named(command, passed) is { } verb)
            {
                command = verb;
                known = [.. known.Where(static option => option.Recursive), .. verb.Options];
            }
            else
            {
                arguments++;
            }
        }

        // Words that are empty: the parser would offer only what contains the last one.
        var context = root.Parse([.. before, ""], NoFiles).GetCompletionContext();
        if (open is not null)
        {
            return Offered(open.GetCompletions(context), FileWishes.Of(open), word);
        }

        if (word is ['-', ..] && !onlyArguments)
        {
            return OfOptions(known, given, context, word);
        }

        var argument = ArgumentAt(command, arguments);
        var verbs = arguments == 0 && !onlyArguments
            ? command.Subcommands.Where(static verb => !verb.Hidden).Select(static verb => new Candidate(verb.Name, Line(verb.Description)))
            : [];
        var offer = Offered(argument?.GetCompletions(context) ?? [], argument is null ? FileWish.None : FileWishes.Of(argument), word);
        offer = offer with { Words = [.. verbs.Where(verb => Begins(verb.Word, word)), .. offer.Words] };

        // Where nothing else can follow, an empty word becomes an option.
        return argument is null && command.Subcommands.Count == 0 && word.Length == 0 && !onlyArguments
            ? OfOptions(known, given, context, word)
            : offer;
    }

    private static Offer OfOptions(List<Option> known, HashSet<Option> given, CompletionContext context, string word)
    {
        if (word.Split('=', 2) is [var name, var begun] && Named(known, name) is { } option && TakesValue(option))
        {
            var values = Offered(option.GetCompletions(context), FileWishes.Of(option), begun);
            return values with { Words = [.. values.Words.Select(value => value with { Word = $"{name}={value.Word}" })] };
        }

        return new Offer(
            [.. known
                .Where(one => !one.Hidden && (!given.Contains(one) || one.Arity.MaximumNumberOfValues > 1) && Begins(one.Name, word))
                .Select(static one => new Candidate(one.Name, Line(one.Description)))],
            FileWish.None);
    }

    private static Offer Offered(IEnumerable<CompletionItem> items, FileWish files, string word) => new(
        [.. items
            .Where(item => Begins(item.Label, word))
            .Select(static item => new Candidate(item.InsertText ?? item.Label, Line(item.Detail)))],
        files);

    private static Argument? ArgumentAt(Command command, int place)
    {
        foreach (var argument in command.Arguments)
        {
            if (place < argument.Arity.MaximumNumberOfValues)
            {
                return argument;
            }

            place -= argument.Arity.MaximumNumberOfValues;
        }

        return null;
    }

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0;

    private static Option? Named(List<Option> options, string name) =>
        options.Find(option => option.Name == name || option.Aliases.Contains(name));

    private static Command? Named(Command command, string name) =>
        command.Subcommands.FirstOrDefault(verb => verb.Name == name || verb.Aliases.Contains(name));

    private static bool Begins(string candidate, string word) => candidate.StartsWith(word, StringComparison.Ordinal);

    private static string Line(string? text) => (text ?? "").ReplaceLineEndings(" ").Replace('\t', ' ');
}

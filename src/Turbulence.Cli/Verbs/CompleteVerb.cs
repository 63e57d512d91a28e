using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos complete -- WORD...</c>, which shells ask at a key: what can stand in place of the last word. A line is a word, a tab and what
/// it means; the last line says which files the shell is to offer, too (<see cref="FileWishes.Line"/>).
/// </summary>
internal static class CompleteVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "complete";

    /// <summary>Declares the verb.</summary>
    public static Command Create(RootCommand root, Surroundings around)
    {
        var words = new Argument<string[]>("WORD")
        {
            Description = "The command line, without the program; the last word is what is there of the one that is completed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var verb = new Command(Name, "Say what can stand at the end of a command line; for shells.") { words };
        verb.Hidden = true;
        verb.SetAction(parsed =>
        {
            var line = parsed.GetValue(words) ?? [];
            var offer = new CommandCompletion(root).Find(line is [] ? [] : line[..^1], line is [] ? "" : line[^1]);
            foreach (var candidate in offer.Words)
            {
                around.Out.WriteLine($"{candidate.Word}\t{candidate.Summary}");
            }

            around.Out.WriteLine(offer.Files.Line());
            return ExitCode.Done;
        });
        return verb;
    }
}

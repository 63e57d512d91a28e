using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Turbulence.Cli.Lines;
using Turbulence.Documents;

namespace Turbulence.Cli.CommandLine;

/// <summary>What is wrong with a command line: one line, and where to look.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="verb">The verb that was recognized; empty for none.</param>
internal sealed class UsageError(string message, string verb)
{
    /// <summary>Finds the first mistake; null for a command line that is all right, or asks for help.</summary>
    public static UsageError? Find(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var verb = Verb(parsed.CommandResult);
        // Help for a command that is not there is no help, and no success.
        if (parsed.Action is HelpAction or VersionAction)
        {
            return parsed.Action is HelpAction && command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var unheard, ..]
                ? new UsageError(NoCommand(unheard, command), verb)
                : null;
        }

        // The parser takes an unknown option for an argument, and then complains about what stands behind it.
        var unknown = parsed.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', not (>= '0' and <= '9'), ..]
                && IsMisplaced(parsed, token.Value));
        if (unknown is not null)
        {
            var option = unknown.Value.Split('=')[0];
            return new UsageError($"there is no option '{option}'{Meant(option.TrimStart('-'), Options(parsed.CommandResult))}", verb);
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        if (parsed.UnmatchedTokens is [var word, ..])
        {
            return new UsageError(command.Subcommands.Count > 0 ? NoCommand(word, command) : $"'{word}' is one argument too many", verb);
        }

        if (parsed.Errors.FirstOrDefault(error => error.SymbolResult is OptionResult) is { SymbolResult: OptionResult given } wrong)
        {
            return new UsageError(
                given.Tokens.Count > 0
                    ? wrong.Message.TrimEnd('.')
                    : $"{given.Option.Name} {(given.IdentifierToken is null ? "is missing" : "needs a value")}",
                verb);
        }

        var missing = command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 });
        return new UsageError(
            missing is not null
                ? $"the {missing.Name} is missing{Explanation(missing.Name)}"
                : command.Subcommands.Count > 0 ? "a command is missing" : parsed.Errors[0].Message.TrimEnd('.'),
            verb);
    }

    /// <summary>Says it.</summary>
    /// <param name="args">The command line; tells whose exit code is due.</param>
    /// <param name="error">Takes the lines.</param>
    /// <returns>The exit code.</returns>
    public int Tell(IReadOnlyList<string> args, TextWriter error)
    {
        error.WriteLine($"chaos: {PrintableText.OneLine(message)}");
        error.WriteLine($"Try 'chaos {verb}--help'.");
        return ExitCode.Usage(AsksForReference(args) ? Compatibility.ChaosToolkit : Compatibility.None);
    }

    private static string NoCommand(string word, Command command) =>
        $"there is no command '{word}'{Meant(word, command.Subcommands.Select(known => known.Name))}";

    private static string Meant(string word, IEnumerable<string> known) => NearestWord.Hint(word, known);

    private static IEnumerable<string> Options(CommandResult result) =>
        result.Command.Options.Select(option => option.Name).Concat(result.Parent is CommandResult parent ? Options(parent) : [])
            .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string Verb(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Verb(parent)}{result.Command.Name} " : "";

    private static string Explanation(string argument) => argument == "SOURCE" ? ": the experiment's file or URL" : "";

    private static bool IsMisplaced(ParseResult parsed, string word) =>
        parsed.UnmatchedTokens.Contains(word)
        || parsed.CommandResult.Command.Arguments.Any(
            argument => parsed.GetResult(argument)?.Tokens.Any(token => token.Value == word) == true);

    private static bool AsksForReference(IReadOnlyList<string> args) =>
        args.Contains($"--compat={GlobalOptions.ChaosToolkit}")
        || args.SkipWhile(word => word != "--compat").Skip(1).FirstOrDefault() == GlobalOptions.ChaosToolkit;
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Plans;
using Turbulence.Documents;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Journals;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos faults kinds</c>: every kind of fault with its arguments, where it works and what it needs.</summary>
internal static class FaultsKindsVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(Surroundings around)
    {
        var named = Choice.Offering(
            new Argument<string?>("KIND")
            {
                Description = "Only this kind, or those whose names begin so: network.",
                Arity = ArgumentArity.ZeroOrOne,
            },
            _ => KnownWords.FaultKinds(around));
        var json = Choice.Flag("--json", "Write JSON, for programs.");
        var verb = new Command("kinds", "List the kinds of faults and their arguments.") { named, json };
        verb.SetAction(parsed =>
        {
            var all = around.Kinds.All.Select(static kind => kind.Description).ToList();
            var kinds = parsed.GetValue(named) is { } name ? Named(name, all) : all;
            if (kinds.Count == 0)
            {
                var hint = NearestWord.Hint(parsed.GetValue(named)!, all.Select(static kind => kind.Name));
                around.Error.WriteLine($"chaos: there is no kind of fault '{PrintableText.OneLine(parsed.GetValue(named)!)}'{hint}");
                return ExitCode.Usage(Compatibility.None);
            }

            if (parsed.GetValue(json))
            {
                around.Out.WriteLine(JsonText.Indented(new JsonArray([.. kinds.Select(FaultKindJson.Of)])));
                return ExitCode.Done;
            }

            foreach (var kind in kinds)
            {
                Write(kind, around.Out);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static List<FaultKindDescription> Named(string name, List<FaultKindDescription> all) =>
        all.Find(kind => kind.Name == name) is { } one
            ? [one]
            : all.FindAll(kind => kind.Name.StartsWith(name.TrimEnd('.') + ".", StringComparison.Ordinal));

    private static void Write(FaultKindDescription kind, TextWriter output)
    {
        var platforms = string.Join(", ", kind.Platforms);
        output.WriteLine($"{kind.Name}  {kind.Summary} [{platforms}]");
        var width = kind.Arguments.Select(argument => argument.Name.Length).DefaultIfEmpty().Max();
        var typeWidth = kind.Arguments.Select(argument => argument.TypeText.Length).DefaultIfEmpty().Max();
        foreach (var argument in kind.Arguments)
        {
            output.WriteLine(
                $"    {argument.Name.PadRight(width)}  {argument.TypeText.PadRight(typeWidth)}  {Rule(argument)}{argument.Summary}");
        }

        foreach (var group in kind.Groups)
        {
            output.WriteLine($"    takes {group.Text}");
        }

        if (kind.LongestDuration is { } longest)
        {
            output.WriteLine($"    lasts at most {longest.TotalMinutes:0.##} minutes");
        }

        if (kind.Privilege is { } privilege)
        {
            output.WriteLine($"    needs {privilege}");
        }

        output.WriteLine();
    }

    private static string Rule(FaultArgument argument)
    {
        string[] rules =
        [
            argument.IsRequired ? "required" : "",
            argument.Values,
            argument.DefaultText is { } otherwise ? $"default {otherwise}" : "",
        ];
        return string.Concat(rules.Where(rule => rule.Length > 0).Select(rule => $"{rule}; "));
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Faults.Contracts;
using Turbulence.Journals;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos faults kinds</c>: every kind of fault with its arguments, where it works and what it needs.</summary>
internal static class FaultsKindsVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(Surroundings around)
    {
        var json = Choice.Flag("--json", "Write JSON, for programs.");
        var verb = new Command("kinds", "List the kinds of faults and their arguments.") { json };
        verb.SetAction(parsed =>
        {
            var kinds = around.Kinds.All.Select(kind => kind.Description);
            if (parsed.GetValue(json))
            {
                around.Out.WriteLine(JsonText.Indented(new JsonArray([.. kinds.Select(Json)])));
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

    private static void Write(FaultKindDescription kind, TextWriter output)
    {
        var platforms = string.Join(", ", kind.Platforms);
        output.WriteLine($"{kind.Name}  {kind.Summary} [{platforms}]");
        var width = kind.Arguments.Select(argument => argument.Name.Length).DefaultIfEmpty().Max();
        foreach (var argument in kind.Arguments)
        {
            output.WriteLine($"    {argument.Name.PadRight(width)}  {argument.Type,-7}  {(argument.IsRequired ? "required; " : "")}{argument.Summary}");
        }

        if (kind.Privilege is { } privilege)
        {
            output.WriteLine($"    needs {privilege}");
        }

        output.WriteLine();
    }

    private static JsonObject Json(FaultKindDescription kind) => new()
    {
        ["name"] = kind.Name,
        ["summary"] = kind.Summary,
        ["platforms"] = new JsonArray([.. kind.Platforms.Select(platform => JsonValue.Create(platform))]),
        ["privilege"] = kind.Privilege,
        ["arguments"] = new JsonArray([.. kind.Arguments.Select(argument => new JsonObject
        {
            ["name"] = argument.Name,
            ["type"] = argument.Type,
            ["summary"] = argument.Summary,
            ["required"] = argument.IsRequired,
        })]),
    };
}

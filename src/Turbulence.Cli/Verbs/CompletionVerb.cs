using System.CommandLine;
using System.CommandLine.Completions;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions.Shells;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos completion SHELL</c>: the script by which a shell completes command lines of <c>chaos</c>.</summary>
internal static class CompletionVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "completion";

    /// <summary>Declares the verb.</summary>
    public static Command Create(Surroundings around)
    {
        string[] shells = [.. ShellScript.All.Select(static script => script.Shell)];
        var shell = Choice.Offering(
            new Argument<string>("SHELL") { Description = $"The shell: {string.Join(", ", shells)}." },
            _ => shells.Select(static word => new CompletionItem(word)));
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !shells.Contains(word))
            {
                result.AddError($"'{word}' is no shell that is known here; there are {string.Join(", ", shells)}");
            }
        });
        var verb = new Command(Name, "Print what lets a shell complete command lines: source <(chaos completion bash).") { shell };
        verb.SetAction(parsed =>
        {
            around.Out.Write(ShellScript.All.First(script => script.Shell == parsed.GetRequiredValue(shell)).Text);
            return ExitCode.Done;
        });
        return verb;
    }
}

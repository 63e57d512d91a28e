using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Turbulence.Cli.Wizard.Answers;

/// <summary>
/// Makes a <c>process</c> provider of a command line: the program itself where its words are enough, a shell where they are not.
/// </summary>
internal static class CommandAnswer
{
    /// <summary>Reads a command line.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="problem">Why it is no command, in one line.</param>
    public static bool TryRead(string line, [NotNullWhen(true)] out JsonObject? provider, [NotNullWhen(false)] out string? problem)
    {
        provider = null;
        var command = CommandWords.Of(line);
        problem = command.IsOpen ? "a quote is not closed" : command.Words is [] or ["", ..] ? "a command is expected" : null;
        if (problem is not null)
        {
            return false;
        }

        var (program, arguments) = !command.NeedsShell ? (command.Words[0], command.Words.Skip(1).ToList())
            : OperatingSystem.IsWindows() ? ("cmd", ["/c", line])
            : ("sh", ["-c", line]);
        provider = new JsonObject { ["type"] = "process", ["path"] = program };
        if (arguments.Count > 0)
        {
            provider["arguments"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]);
        }

        return true;
    }
}

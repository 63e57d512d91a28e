using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Doctor;

/// <summary>What a run shows here: the live view, or plain lines, and why.</summary>
/// <param name="around">Where the command stands.</param>
internal sealed class TerminalExamination(Surroundings around) : IExamination
{
    public string Subject => "terminal";

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        string? Variable(string name) => around.Place.Variables.TryGet(name, out var value) && value.Length > 0 ? value : null;
        var why = Variable("CI") is not null ? "CI is set" : Variable("TERM") is "dumb" or null ? $"TERM is {Variable("TERM") ?? "not set"}"
            : "the standard output is no terminal";
        var text = around.AreLinesOnTerminal
            ? $"runs are shown live{(Variable("NO_COLOR") is null ? "" : ", without colours (NO_COLOR)")}"
            : $"runs are shown in plain lines: {why}";
        return Task.FromResult<IReadOnlyList<Finding>>(
            [Finding.Ok(Subject, $"{text}; chaos init {(around.Ask is null ? "cannot ask here, and takes options (--yes)" : "can ask")}")]);
    }
}

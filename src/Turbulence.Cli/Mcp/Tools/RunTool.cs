using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Reports.Reading;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>Runs an experiment, where a person has allowed that.</summary>
/// <param name="place">What it works with.</param>
/// <param name="slot">Holds the run.</param>
internal sealed class RunTool(McpPlace place, RunSlot slot) : ITool
{
    public string Name => "run";

    public string Description =>
        "Runs an experiment, which really hurts the system, and takes everything back; answers at its end with the verdict. Plan it first. "
        + "What goes on is told as progress. A call that is cancelled is a run that is stopped, everything taken back.";

    public IReadOnlyList<ToolArgument> Arguments => [ExperimentArgument.Of];

    public bool IsReadOnly => false;

    public Task<JsonObject> CallAsync(
        IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop)
    {
        var file = place.Policy.Resolve(arguments[ExperimentArgument.Name]);
        return slot.PlayAsync(asked => PlayAsync(file, progress, asked), stop);
    }

    private async Task<JsonObject> PlayAsync(string file, Action<string> progress, RunStop stop)
    {
        var found = new FoundProblems();
        var journal = FreeJournal();
        var request = place.Request with { JournalPath = journal };
        await using var run = await Chaos.Load(file).PrepareAsync(request, place.Runs, RunPurpose.Run, stop, found);
        if (run.Refusal is null && place.Policy.Refusal(run.Document!) is { } forbidden)
        {
            throw new ToolException($"it is not run: {forbidden}");
        }

        var format = new MessageFormat();
        var console = new PlainConsole(new LineTeller(progress), new EventText(format, NoticeLevel.Information));
        var (outcome, refusal) = run.Refusal is { } early ? (null, early) : await run.AttemptAsync(() => [console]);
        if (outcome is null)
        {
            throw new ToolException(
                $"nothing was run: {refusal!.Text}{(found.Said.Count > 0 ? $" ({string.Join("; ", found.Said)})" : "")}");
        }

        var answer = run.JournalFailure is null ? ExplainTool.Of(JournalReader.Read(journal)) : [];
        answer["verdict"] = outcome.Word;
        answer["exit_code"] = outcome.ExitCode;
        answer["needs_a_person"] = outcome.NeedsAPerson;
        answer["journal"] = run.JournalFailure is { } failure ? $"{journal} is not complete: {failure}" : journal;
        return answer;
    }

    // A new file each time: what a client names, and what is there already, is not written over.
    private string FreeJournal()
    {
        var begun = string.Create(CultureInfo.InvariantCulture, $"journal-{place.Around.Time.GetUtcNow():yyyyMMdd-HHmmss}");
        return Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}"))
            .Select(ending => Path.Combine(place.Policy.Folder, $"{begun}{ending}.json"))
            .First(static path => !Path.Exists(path) && new FileInfo(path).LinkTarget is null);
    }
}

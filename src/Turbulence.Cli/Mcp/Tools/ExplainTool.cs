using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Reports;
using Turbulence.Reports.Formats;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>Says what a run has shown, out of its journal.</summary>
/// <param name="place">What it works with.</param>
internal sealed class ExplainTool(McpPlace place) : ITool
{
    private const string Journal = "journal";
    private const int LongestReport = 64 << 10;

    public string Name => "explain";

    public string Description =>
        "What a run has shown, out of its journal: verdict and reasons, what users felt, each fault with its evidence, what is left.";

    public IReadOnlyList<ToolArgument> Arguments { get; } =
        [new(Journal, "the journal's file: its path in the folder of this server", IsRequired: true)];

    public bool IsReadOnly => true;

    public Task<JsonObject> CallAsync(
        IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop) =>
        Task.FromResult(Of(JournalReader.Read(place.Policy.Resolve(arguments[Journal]))));

    /// <summary>What a journal says.</summary>
    /// <exception cref="ToolException">It cannot be read.</exception>
    public static JsonObject Of(JournalReading reading)
    {
        if (reading.Run is not { } run)
        {
            throw new ToolException($"the journal cannot be read: {reading.Problem}");
        }

        using var text = new MemoryStream();
        ReportFormats.Named("markdown")!.Write(new Report([reading]) { Version = ProgramVersion.Text }, text);
        var report = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        return new JsonObject
        {
            ["title"] = run.Title,
            ["verdict"] = Word(run),
            ["exit_code"] = run.ExitCode,
            ["needs_a_person"] = run.NeedsAPerson,
            ["reasons"] = Texts(run.Reasons),
            ["notes"] = Texts(run.Notes),
            ["left"] = Texts(run.Faults.Where(static fault => fault.IsOutstanding).Select(Left)),
            ["report"] = report.Length > LongestReport ? $"{report[..LongestReport]}\n\n(cut: the report is longer)" : report,
        };
    }

    private static string Word(ReportedRun run) =>
        run.Verdict == ReportedVerdict.NeedsAPerson ? "needs-a-person" : run.Verdict.ToString().ToLowerInvariant();

    private static string Left(ReportedFault fault) =>
        $"{fault.Id} {fault.Kind} at {string.Join(", ", fault.Targets)} is {fault.State}; undo: {fault.Undo}";

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(static text => JsonValue.Create(PrintableText.OneLine(text)))]);
}

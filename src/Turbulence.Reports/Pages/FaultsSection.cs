using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>The evidence of each fault, and of its undo.</summary>
internal sealed class FaultsSection(HtmlText html, ReportedRun run, string key)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        if (run.Faults.Count == 0)
        {
            return;
        }

        RunPage.Heading(html, "What was put in, and how it was taken back", $"{key}faults");
        var table = new HtmlTable(html, "fault", "hit", "seen while it was in", "taken back", "seen afterwards");
        foreach (var fault in run.Faults.Take(RunPage.MostRows))
        {
            var effect = fault.Effect is { } seen ? (seen.Seen ? "✓ " : "✗ no effect: ") + seen.Text : "✗ nobody looked";
            var lost = fault.Lost is { } gone ? $"; gone too early: {gone}" : fault.WasOverUnseen ? "; it was over before anybody looked"
                : "";
            var undo = (fault.IsIrreversible ? "irreversible, as the experiment allows: " : "") + fault.Undo
                + (fault.RevertedBy is { } other ? $" (by {other})" : "");
            var confirmation = fault.Confirmation is { } back ? (back.Seen ? "✓ " : "✗ ") + back.Text
                : fault.State == "planned" ? "it was never put in" : "✗ nobody saw it taken back";
            table.Row($"{fault.Kind} ({fault.Activity})", string.Join(", ", fault.Targets), effect + lost, undo,
                confirmation + (fault.Problem is { } problem ? $": {problem}" : ""));
        }

        table.End();
        RunPage.More(html, run.Faults.Count);
        if (run.Guardian is { } guardian)
        {
            html.Element("p", $"The runner could not take back what it had put in ({guardian.Reason}), so its guardian did: "
                + (guardian.Confirmed ? "every fault was seen to be taken back." : "not every fault was seen to be taken back.")
                + string.Concat(guardian.Complaints.Select(static complaint => " " + complaint)), ("class", "trouble"));
        }
    }
}

using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>What else has to be known to judge a run.</summary>
internal sealed class NotesSection(HtmlText html, ReportedRun run, string key)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        if (run.Notes.Count + run.Notices.Count == 0 && run.Interruption is null)
        {
            return;
        }

        RunPage.Heading(html, "What else has to be known", $"{key}notes");
        html.Open("ul");
        if (run.Interruption is { } interruption)
        {
            html.Element("li", $"Stopped {(interruption.At is { } at ? $"at {Wording.Seconds(at)}" : "")}: {interruption.Message}");
        }

        foreach (var note in run.Notes.Take(RunPage.MostRows))
        {
            html.Element("li", note);
        }

        foreach (var notice in run.Notices.Take(RunPage.MostRows))
        {
            html.Element("li", $"{Wording.Seconds(notice.At)}: {notice.Text}");
        }

        html.Close("ul");
        RunPage.More(html, Math.Max(run.Notes.Count, run.Notices.Count));
    }
}

using System.Globalization;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>The verdict of a run, for who has ten seconds.</summary>
internal sealed class VerdictHeader(HtmlText html, ReportedRun run, string key)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        var verdict = VerdictText.Of(run);
        html.Open(key.Length == 0 ? "header" : "div", ("class", $"verdict {verdict.Tone}"))
            .Element("div", verdict.Sign, ("class", "sign"), ("aria-hidden", "true"))
            .Open("div", ("class", "say"))
            .Open("p", ("class", "word")).Element("strong", verdict.Word);
        if (run.ExitCode is { } code)
        {
            html.Element("span", string.Create(CultureInfo.InvariantCulture, $" exit code {code}"));
        }

        if (run.IsVerdictDerived)
        {
            html.Element("span", " by our rules: the journal itself has no verdict");
        }

        html.Close("p").Element(key.Length == 0 ? "h1" : "h2", run.Title.Length > 0 ? run.Title : "An experiment without a title")
            .Element("p", verdict.Sentence, ("class", "sentence"));
        if (run.Reasons.Count > 0)
        {
            html.Open("ul", ("class", "reasons"));
            foreach (var reason in run.Reasons.Take(RunPage.MostRows))
            {
                html.Element("li", reason);
            }

            html.Close("ul");
        }

        var inShort = new RunInShort(run);
        html.Open("dl", ("class", "short"));
        foreach (var (name, text) in ((string, string)[])
            [("done", inShort.Done), ("users", inShort.Users), ("as it was", inShort.Now), ("to do", inShort.Next)])
        {
            html.Element("dt", name).Element("dd", text);
        }

        html.Close("dl").Open("p", ("class", "when"))
            .Text(run.Started is { } started ? Wording.Date(started) : "")
            .Text(run.Duration is { } duration ? $" · {Wording.Seconds(duration)}" : "")
            .Text($" · {Path.GetFileName(run.File)}")
            .Text(run.IsReference ? " · a journal of the reference runner" : "")
            .Close("p").Close("div").Close(key.Length == 0 ? "header" : "div");
    }
}

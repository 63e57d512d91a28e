using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>What was felt, and whether all is as it was, in a handful of figures.</summary>
internal sealed class KeyFigures(HtmlText html, ReportedRun run)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        List<(string Name, string Figure, string Remark, string Tone)> cards = [];
        foreach (var load in run.Loads)
        {
            cards.Add((run.Loads.Count == 1 ? "requests lost" : $"lost of {load.Name}", Wording.Count(load.Lost),
                $"of {Wording.Count(load.Intended, "request", "requests")} ({Wording.Share(load.Lost, load.Intended)})",
                load.Lost == 0 ? "good" : IsHarmless(load) ? "" : "bad"));
            if (load.Latency is { } latency)
            {
                cards.Add(("half of them waited", FigureText.Time(latency.P50),
                    $"at most; 99 of 100 at most {FigureText.Time(latency.P99)}", ""));
            }

            foreach (var cost in load.Faults.Where(static cost => cost.FailoverMilliseconds is not null
                || cost.ErrorWindowMilliseconds is not null).Take(4))
            {
                var kind = run.Faults.FirstOrDefault(fault => fault.Id == cost.Fault)?.Kind ?? cost.Fault;
                cards.Add(cost.FailoverMilliseconds is { } failover
                    ? ("failover took", FigureText.Time(failover), $"until somebody else answered, after {kind}", "")
                    : ("errors for", FigureText.Time(cost.ErrorWindowMilliseconds),
                        $"by when they were due, from the first to the last that {kind} can have hurt", "bad"));
            }
        }

        if (run.Loads.Count == 0)
        {
            cards.Add(("requests lost", "–", "what users felt was not measured", ""));
        }

        if (run.Faults.Count > 0)
        {
            var seen = run.Faults.Count(static fault => fault.Effect is { Seen: true });
            var back = run.Faults.Count(static fault => fault.State == "confirmed");
            var begun = run.Faults.Count(static fault => fault.State != "planned");
            cards.Add(("faults with an effect", $"{seen} of {run.Faults.Count}", "each was looked at while it was in",
                seen == run.Faults.Count ? "good" : "bad"));
            cards.Add(("taken back", $"{back} of {begun}", "each was looked at afterwards", back >= begun ? "good" : "bad"));
        }
        else if (run.NeedsAPerson)
        {
            cards.Add(("taken back", "?", "a rollback failed: see what is to be done", "bad"));
        }

        if (run.Checks.Count > 0)
        {
            var met = run.Checks.Count(static check => check.Met == true);
            cards.Add(("steady state met", $"{Wording.Count(met)} of {Wording.Count(run.Checks.Count)}", "times that it was checked",
                met == run.Checks.Count ? "good" : "bad"));
        }

        if (cards.Count == 0)
        {
            return;
        }

        html.Open("ul", ("class", "cards"), ("aria-label", "Key figures"));
        foreach (var (name, figure, remark, tone) in cards.Take(12))
        {
            html.Open("li", ("class", tone)).Element("span", name, ("class", "name"))
                .Element("strong", figure).Element("span", remark, ("class", "remark")).Close("li");
        }

        html.Close("ul");
    }

    // What was lost in a run that passed was within what it allows.
    private bool IsHarmless(ReportedLoad load) => load.ToleranceMet == true || run.Verdict is ReportedVerdict.Passed;
}

using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>Which requests, connections and datagrams the faults have hit.</summary>
internal sealed class ReceiptsSection(HtmlText html, ReportedRun run, string key)
{
    /// <summary>Writes it; nothing where nothing is known to have been hit.</summary>
    public void Write()
    {
        var receipts = FaultReceipts.Read(run);
        var all = receipts.All.Take(RunPage.MostRows / FaultReceipts.MostOfOne).ToList();
        if (all.Count == 0)
        {
            if (receipts.AreMissing)
            {
                html.Element("p", ReceiptText.Missing, ("class", "remark"));
            }

            return;
        }

        RunPage.Heading(html, ReceiptText.Heading, $"{key}hurt");
        var table = new HtmlTable(html, ReceiptText.Columns);
        foreach (var (fault, _, first) in all)
        {
            foreach (var receipt in first)
            {
                table.Row(ReceiptText.Cells(fault, receipt));
            }
        }

        table.End();
        foreach (var more in all.Select(static one => ReceiptText.More(one.Fault, one.Count, one.First.Count)).OfType<string>())
        {
            html.Element("p", more, ("class", "remark"));
        }
    }
}

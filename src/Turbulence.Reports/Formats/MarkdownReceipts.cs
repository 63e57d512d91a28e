using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Formats;

/// <summary>Which requests the faults of a run have hit, in Markdown.</summary>
internal static class MarkdownReceipts
{
    private const int MostFaults = 5;

    /// <summary>Writes it; nothing where nothing is known to have been hit.</summary>
    public static void Write(TextWriter text, ReportedRun run)
    {
        var receipts = FaultReceipts.Read(run);
        var all = receipts.All.Take(MostFaults).ToList();
        if (all.Count == 0)
        {
            if (receipts.AreMissing)
            {
                text.WriteLine(ReceiptText.Missing);
                text.WriteLine();
            }

            return;
        }

        text.WriteLine($"### {ReceiptText.Heading}");
        text.WriteLine();
        text.WriteLine($"| {string.Join(" | ", ReceiptText.Columns)} |");
        text.WriteLine($"|{string.Concat(ReceiptText.Columns.Select(static name => ReceiptText.IsFigure(name) ? "---:|" : "---|"))}");
        foreach (var (fault, _, first) in all)
        {
            foreach (var receipt in first)
            {
                var cells = ReceiptText.Cells(fault, receipt)
                    .Zip(ReceiptText.Columns, static (cell, name) => ReceiptText.IsFigure(name) ? cell : MarkdownText.Of(cell));
                text.WriteLine($"| {string.Join(" | ", cells)} |");
            }
        }

        text.WriteLine();
        foreach (var more in all.Select(static one => ReceiptText.More(one.Fault, one.Count, one.First.Count)).OfType<string>())
        {
            text.WriteLine(MarkdownText.Of(more));
            text.WriteLine();
        }
    }
}

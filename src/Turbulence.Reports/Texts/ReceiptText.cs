using System.Globalization;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Texts;

/// <summary>What is said of the requests that faults have hit, in the same words in every form.</summary>
internal static class ReceiptText
{
    /// <summary>The heading.</summary>
    public const string Heading = "Which requests were hurt";

    /// <summary>What is said where the receipts are not there any more.</summary>
    public const string Missing = "The receipts that the journal speaks of are not beside it any more.";

    /// <summary>The names of the columns: <see cref="Cells"/>.</summary>
    public static string[] Columns => ["fault", "when", "through", "hit", "connection", "trace"];

    /// <summary>Whether a column has figures of ours.</summary>
    public static bool IsFigure(string column) => column is "when" or "connection";

    /// <summary>The cells of one.</summary>
    public static string[] Cells(ReportedFault fault, FaultReceipt receipt) =>
    [
        $"{fault.Kind} ({fault.Activity})",
        receipt.At is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at:0.000} s") : "–",
        receipt.Proxy,
        receipt.What,
        receipt.Connection is { } number ? number.ToString(CultureInfo.InvariantCulture) : "–",
        receipt.Trace ?? "–",
    ];

    /// <summary>How many there are of a fault, where not all are shown; null where all are.</summary>
    public static string? More(ReportedFault fault, long count, int shown) => count <= shown ? null
        : $"{fault.Kind} ({fault.Activity}): {FigureText.Count(count)} were hit, of which the first {FigureText.Count(shown)} are shown; "
            + $"all stand in {FaultReceipts.FileName} in the folder beside the journal.";
}

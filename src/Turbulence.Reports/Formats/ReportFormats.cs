namespace Turbulence.Reports.Formats;

/// <summary>The forms that reports are written in. A new one is one line here.</summary>
public static class ReportFormats
{
    /// <summary>All of them; the first is the one that is taken where nobody asks for another.</summary>
    public static IReadOnlyList<IReportFormat> All { get; } =
        [new MarkdownReport(), new HtmlReport(), new JUnitReport(), new TrxReport(), new SarifReport(), new PrometheusReport()];

    /// <summary>The form of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public static IReportFormat? Named(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The form that the extension of a file asks for; null where it asks for none.</summary>
    /// <param name="path">The file.</param>
    public static IReportFormat? ForFile(string path) => Path.GetExtension(path) is var extension
        ? All.FirstOrDefault(format => string.Equals(format.Extension, extension, StringComparison.OrdinalIgnoreCase))
        : null;
}

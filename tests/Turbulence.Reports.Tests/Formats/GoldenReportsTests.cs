using Turbulence.Reports.Formats;

namespace Turbulence.Reports.Tests.Formats;

/// <summary>What reports look like, held against files: a change is seen. <c>UPDATE_GOLDEN=1</c> writes them anew.</summary>
public sealed class GoldenReportsTests
{
    private static readonly string Folder = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "Turbulence.Reports.Tests", "Golden"));

    [Theory]
    [InlineData("passed", ".md")]
    [InlineData("deviated", ".md")]
    [InlineData("needs-a-person", ".md")]
    [InlineData("guardian", ".md")]
    [InlineData("reference", ".md")]
    [InlineData("deviated", ".xml")]
    [InlineData("inconclusive", ".xml")]
    [InlineData("passed", ".trx")]
    [InlineData("deviated", ".sarif")]
    [InlineData("passed", ".prom")]
    public void A_report_looks_as_it_did(string name, string extension)
    {
        var text = Samples.Write(ReportFormats.ForFile(extension)!.Name, name);
        var file = Path.Combine(Folder, name + extension);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is not null)
        {
            File.WriteAllText(file, text);
            return;
        }

        Assert.Equal(File.ReadAllText(file), text);
    }

    [Fact]
    public void A_form_is_found_by_its_name_and_by_the_extension_of_a_file()
    {
        Assert.Equal(["markdown", "html", "junit", "trx", "sarif", "prometheus"], ReportFormats.All.Select(format => format.Name));
        Assert.All(ReportFormats.All, format => Assert.Same(format, ReportFormats.ForFile($"a/b.x{format.Extension.ToUpperInvariant()}")));
        Assert.All(ReportFormats.All, format => Assert.Same(format, ReportFormats.Named(format.Name)));
        Assert.Null(ReportFormats.ForFile("report.pdf"));
        Assert.Null(ReportFormats.ForFile("report"));
        Assert.Null(ReportFormats.Named("JUNIT"));
    }
}

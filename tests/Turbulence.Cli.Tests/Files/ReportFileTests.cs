using Turbulence.Cli.Files;
using Turbulence.Reports;
using Turbulence.Reports.Formats;

namespace Turbulence.Cli.Tests.Files;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_report_that_is_given_up_leaves_what_was_there_before_and_nothing_beside_it(bool wasThere)
    {
        using var giveUp = new CancellationTokenSource();
        if (wasThere)
        {
            folder.Write("r.md", "of the run before");
        }

        Assert.Throws<OperationCanceledException>(
            () => ReportFile.Write(new Report([]), new EndlessFormat(giveUp), folder["r.md"], giveUp.Token));
        Assert.Equal(wasThere ? [folder["r.md"]] : [], Directory.GetFileSystemEntries(folder.Path));
        if (wasThere)
        {
            Assert.Equal("of the run before", File.ReadAllText(folder["r.md"]));
        }
    }

    private sealed class EndlessFormat(CancellationTokenSource giveUp) : IReportFormat
    {
        public string Name => "endless";

        public string Extension => ".md";

        public void Write(Report report, Stream target)
        {
            target.Write(new byte[100_000]);
            giveUp.Cancel();
            while (true)
            {
                target.WriteByte(1);
            }
        }
    }
}

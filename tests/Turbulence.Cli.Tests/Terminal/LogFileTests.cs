using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal;
using Turbulence.Events;

namespace Turbulence.Cli.Tests.Terminal;

public sealed class LogFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_are_appended_with_their_origin_and_without_colours()
    {
        folder.Write("chaos.log", "before\n");
        using (var log = Open("chaos.log"))
        {
            log.On(new Notice(RecordedRun.Begin, NoticeLevel.Information, "one"));
            log.On(new Notice(RecordedRun.Begin, NoticeLevel.Debug, "two"));
        }

        Assert.Equal(
            "before\n[2026-11-22 13:22:05 INFO] [running:notice] one\n[2026-11-22 13:22:05 DEBUG] [running:notice] two\n",
            File.ReadAllText(folder["chaos.log"]));
    }

    [Fact]
    public void Two_runs_can_share_one_file()
    {
        using (var one = Open("shared.log"))
        using (var two = Open("shared.log"))
        {
            for (var i = 0; i < 50; i++)
            {
                one.On(new Notice(RecordedRun.Begin, NoticeLevel.Information, $"one {i}"));
                two.On(new Notice(RecordedRun.Begin, NoticeLevel.Information, $"two {i}"));
            }
        }

        Assert.Equal(100, File.ReadAllLines(folder["shared.log"]).Length);
    }

    [Fact]
    public void A_level_is_the_least_that_is_logged()
    {
        using (var log = Open("level.log", NoticeLevel.Error))
        {
            log.On(new Notice(RecordedRun.Begin, NoticeLevel.Warning, "no"));
            log.On(new Notice(RecordedRun.Begin, NoticeLevel.Critical, "yes"));
        }

        Assert.EndsWith("] yes", Assert.Single(File.ReadAllLines(folder["level.log"])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_file_is_for_its_owner_only()
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows has no file modes");
        Open("private.log").Dispose();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["private.log"]));
        }
    }

    [Theory]
    [InlineData("no-such-folder/x.log")]
    [InlineData(".")]
    [InlineData("")]
    public void A_file_that_cannot_be_written_is_a_message(string name)
    {
        var path = name.Length == 0 ? "" : folder[name];
        Assert.Null(LogFile.TryOpen(path, Text(NoticeLevel.Debug), out var failure));
        Assert.StartsWith($"The log file {path} cannot be written, going on without it: ", failure, StringComparison.Ordinal);
    }

    private LogFile Open(string name, NoticeLevel level = NoticeLevel.Debug)
    {
        var log = LogFile.TryOpen(folder[name], Text(level), out var failure);
        Assert.Null(failure);
        return log!;
    }

    private static EventText Text(NoticeLevel level) => new(new TextLineFormat(TimeZoneInfo.Utc, origin: true), level);
}

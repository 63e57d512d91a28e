using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Cli.Tests.Lines;

/// <summary>Of continuous checks people are told what is new, and a program everything.</summary>
public sealed class CheckNewsTests
{
    [Fact]
    public void Ten_identical_misses_are_told_once_with_a_count()
    {
        var text = Plain(Checked(Compatibility.None), NoticeLevel.Information);
        Assert.Equal(2, Count(text, "Continuous steady state probe 'value' is not in the given tolerance"));
        Assert.Equal(1, Count(text, "The same 9 more times"));
        Assert.Equal(2, Count(text, "Steady state hypothesis is met!"));
        Assert.Equal(1, Count(text, "Probe: value"));
        Assert.Equal(1, Count(text, "The same once more"));
        Assert.True(text.IndexOf("The same 9", StringComparison.Ordinal) < text.LastIndexOf("is met!", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Compatibility.ChaosToolkit, NoticeLevel.Information)]
    [InlineData(Compatibility.None, NoticeLevel.Debug)]
    public void The_reference_s_way_and_verbose_every_check_is_told(Compatibility compatibility, NoticeLevel level)
    {
        var text = Plain(Checked(compatibility), level);
        Assert.Equal(11, Count(text, "Continuous steady state probe 'value' is not in the given tolerance"));
        Assert.Equal(14, Count(text, "Probe: value"));
        Assert.DoesNotContain("The same", text, StringComparison.Ordinal);
    }

    // Met, ten misses, met twice, one more miss.
    private static RecordedRun Checked(Compatibility compatibility)
    {
        var run = new RecordedRun()
            .Started(options: new RunOptions { Compatibility = compatibility })
            .Add(at => new ContinuousStarted(at, TimeSpan.FromSeconds(1)));
        for (var i = 1; i <= 14; i++)
        {
            run.After(1).Checks(RunPhase.During, met: i is 1 or 12 or 13, iteration: i);
        }

        return run.Add(at => new ContinuousEnded(at, 14, 11, false));
    }

    private static string Plain(RecordedRun run, NoticeLevel least)
    {
        var text = new EventText(new TextLineFormat(TimeZoneInfo.Utc, origin: false), least);
        return string.Concat(run.Events.Select(text.Of));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}

using Turbulence.Cli.Lines;
using Turbulence.Events;

namespace Turbulence.Cli.Tests.Lines;

/// <summary>What people are told of faults.</summary>
public sealed class FaultLinesTests
{
    private static readonly FaultReport Fault =
        new(
            "k3f9",
            "process.kill",
            "kill",
            FaultState.Planned,
            ["process 4711 (rand-server 8002 primary)"],
            "start 'rand-server 8002 primary' again");

    private static readonly Evidence Gone = new(true, "process 4711 is gone");

    [Fact]
    public void A_fault_that_stays_until_another_day_says_until_which()
    {
        var noon = new DateTime(2026, 11, 29, 12, 0, 0, DateTimeKind.Local);
        Assert.Equal(" until 13:00:05", DueText.Of(noon.AddSeconds(3605), noon));
        Assert.Equal(" until 2026-12-01 12:00:00", DueText.Of(noon.AddDays(2), noon));
        Assert.Equal("", DueText.Of(null, noon));
    }

    [Fact]
    public void Each_step_that_people_care_for_is_one_line()
    {
        FaultReport[] steps =
        [
            Fault,
            Fault with { State = FaultState.Active, Effect = Gone },
            Fault with { State = FaultState.Active, Effect = new Evidence(false, "process 4711 still answers") },
            Fault with { State = FaultState.Reverted, Confirmation = new Evidence(false, "port 8002 refuses") },
            Fault with { State = FaultState.Reverting, Problem = "rand-server is not there any more" },
            Fault with { State = FaultState.Confirmed, Confirmation = new Evidence(true, "port 8002 answers again") },
            Fault with { State = FaultState.Confirmed, IsIrreversible = true },
        ];
        Assert.Equal(
            [
                (NoticeLevel.Information, "Fault k3f9 (process.kill) is going to hit process 4711 (rand-server 8002 primary); undo: start 'rand-server 8002 primary' again"),
                (NoticeLevel.Information, "Fault k3f9 (process.kill) is in: process 4711 is gone"),
                (NoticeLevel.Warning, "Fault k3f9 (process.kill) had no effect: process 4711 still answers"),
                (NoticeLevel.Error, "Fault k3f9 (process.kill) was taken back, but that is not confirmed: port 8002 refuses"),
                (NoticeLevel.Error, "Fault k3f9 (process.kill): rand-server is not there any more"),
                (NoticeLevel.Information, "Fault k3f9 (process.kill) is taken back: port 8002 answers again"),
                (NoticeLevel.Warning, "Fault k3f9 (process.kill) stays, as the experiment allows: it cannot be taken back"),
            ],
            steps
                .SelectMany(step => FaultLines.Of(new FaultChanged(RecordedRun.Begin, step, FaultState.Planned)))
                .Select(line => (line.Level, line.Text)));
    }

    [Fact]
    public void The_end_of_the_run_says_what_became_of_each()
    {
        Assert.Equal(
            "fault k3f9 (process.kill, 'kill') on process 4711 (rand-server 8002 primary): process 4711 is gone; taken back: port 8002 answers again",
            FaultLines.Summary(Fault with
            {
                State = FaultState.Confirmed,
                Effect = Gone,
                Confirmation = new Evidence(true, "port 8002 answers again"),
            }, wasInterrupted: false));
        Assert.EndsWith(
            "process 4711 is gone; NOT CONFIRMED AS TAKEN BACK",
            FaultLines.Summary(Fault with { State = FaultState.Reverting, Effect = Gone }, wasInterrupted: false),
            StringComparison.Ordinal);
        Assert.EndsWith(
            ": not in effect to its end: process 4711 runs again; seen before that: process 4711 is gone; taken back: everything is as it was",
            FaultLines.Summary(
                Fault with { State = FaultState.Confirmed, Effect = Gone, Lost = "process 4711 runs again" }, wasInterrupted: true),
            StringComparison.Ordinal);
        Assert.EndsWith(
            ": seen last: process 4711 is gone; taken back: everything is as it was",
            FaultLines.Summary(Fault with { State = FaultState.Confirmed, Effect = Gone }, wasInterrupted: true),
            StringComparison.Ordinal);
    }
}

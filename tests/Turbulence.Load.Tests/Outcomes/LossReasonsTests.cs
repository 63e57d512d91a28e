using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Outcomes;

public sealed class LossReasonsTests
{
    private readonly LossReasons reasons = new(new OutcomeNames([]));

    [Fact]
    public void The_most_frequent_comes_first_within_its_outcome()
    {
        Add(RequestOutcome.Reset, "a");
        Add(RequestOutcome.ErrorStatus, "status 503");
        Add(RequestOutcome.Reset, "b");
        Add(RequestOutcome.Reset, "b");
        Assert.Equal(
            [new LossReason("error_status", "status 503", 1), new LossReason("reset", "b", 2), new LossReason("reset", "a", 1)],
            reasons.ToList());
    }

    [Fact]
    public void Where_each_is_another_one_the_first_are_told_and_all_are_counted()
    {
        for (var number = 0; number < 1000; number++)
        {
            Add(RequestOutcome.Reset, $"reason {number}");
        }

        Add(RequestOutcome.Reset, "reason 3");
        var all = reasons.ToList();
        Assert.Equal(LossReasons.Most + 1, all.Count);
        Assert.Equal(1001, all.Sum(static one => one.Count));
        Assert.Equal(new LossReason("reset", LossReasons.Others, 1000 - LossReasons.Most), all[0]);
        Assert.Equal(new LossReason("reset", "reason 3", 2), all[1]);
    }

    private void Add(RequestOutcome outcome, string reason) => reasons.Add(new LoadSample(0, 0, 1, outcome, 0), reason);
}

using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

public sealed class HedgingBudgetTests
{
    [Fact]
    public void It_starts_full_and_gives_no_more_than_the_burst()
    {
        var budget = new HedgingBudget(0.1, 3);
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => budget.TrySpend()));
    }

    [Fact]
    public void Ten_requests_pay_for_one_second_request()
    {
        var budget = new HedgingBudget(0.1, 1);
        Assert.True(budget.TrySpend());
        for (var request = 0; request < 9; request++)
        {
            budget.Earn();
            Assert.False(budget.TrySpend());
        }

        budget.Earn();
        Assert.True(budget.TrySpend());
    }

    [Fact]
    public void What_is_not_spent_is_kept_up_to_the_burst()
    {
        var budget = new HedgingBudget(1, 2);
        for (var request = 0; request < 100; request++)
        {
            budget.Earn();
        }

        Assert.Equal(2, Enumerable.Range(0, 100).Count(_ => budget.TrySpend()));
    }

    [Fact]
    public async Task Requests_at_the_same_time_do_not_spend_the_same_twice()
    {
        var budget = new HedgingBudget(0, 1000);
        var spent = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var attempt = 0; attempt < 1000; attempt++)
            {
                if (budget.TrySpend())
                {
                    Interlocked.Increment(ref spent);
                }
            }
        }, Deadline.Token)));
        Assert.InRange(spent, 1, 1000);
    }
}

using Microsoft.Extensions.Time.Testing;
using Turbulence.Cli.Agents;

namespace Turbulence.Cli.Tests.Agents;

public sealed class LeaseTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Nearly = TimeSpan.FromSeconds(9.9);

    [Fact]
    public void It_is_good_as_long_as_it_is_renewed_and_for_its_length_afterwards()
    {
        var time = new FakeTimeProvider();
        var ended = 0;
        using var lease = new Lease(Length, time, () => ended++);
        for (var i = 0; i < 100; i++)
        {
            time.Advance(Nearly);
            lease.Renew();
        }

        time.Advance(Nearly);
        Assert.Equal((0, false), (ended, lease.HasRunOut));
        time.Advance(Length - Nearly);
        Assert.Equal((1, true), (ended, lease.HasRunOut));
    }

    [Fact]
    public void One_that_has_run_out_is_not_renewed()
    {
        var time = new FakeTimeProvider();
        var ended = 0;
        using var lease = new Lease(Length, time, () => ended++);
        time.Advance(Length);
        lease.Renew();
        Assert.True(lease.HasRunOut);
        time.Advance(10 * Length);
        Assert.Equal(1, ended);
    }
}

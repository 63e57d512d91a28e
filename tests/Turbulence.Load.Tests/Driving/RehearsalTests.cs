using Turbulence.Load.Driving;

namespace Turbulence.Load.Tests.Driving;

public sealed class RehearsalTests
{
    [Fact]
    public async Task Every_request_of_it_is_answered_however_slow_the_first_one_is()
    {
        var result = await Rehearsal.PlayAsync();
        Assert.NotNull(result);
        Assert.Equal((5, 0), (result.Intended, result.Lost));
        Assert.Same(Rehearsal.RunAsync(), Rehearsal.RunAsync());
    }
}

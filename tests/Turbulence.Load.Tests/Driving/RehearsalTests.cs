using Turbulence.Load.Driving;

namespace Turbulence.Load.Tests.Driving;

public sealed class RehearsalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_request_of_it_is_answered_however_slow_the_first_one_is(bool isSecure)
    {
        var result = await Rehearsal.PlayAsync(isSecure);
        Assert.NotNull(result);
        Assert.Equal((5, 0), (result.Intended, result.Lost));
        Assert.Same(Rehearsal.RunAsync(isSecure), Rehearsal.RunAsync(isSecure));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Turbulence.Sdk;

namespace NumberDrills.Tests;

public sealed class DrawsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draws_are_counted_by_number_and_by_server()
    {
        await using var service = await NumberService.StartAsync(
            "response from service: primary (8002): 3",
            "response from service: primary (8002): 1",
            "response from service: secondary (8003): 1\n");

        var report = await Draws.DrawAsync(3, 6, service.Configuration, NullLogger.Instance, Token);

        Assert.Equal((6, 4, 1, 3), (report.Draws, report.Outcomes, report.Lowest, report.Highest));
        Assert.Equal(4, report.Servers["primary"]);
        Assert.Equal(2, report.Servers["secondary"]);
        // 0, 4, 0 and 2 came where 1.5 of each were expected.
        Assert.Equal((2.25 + 6.25 + 2.25 + 0.25) / 1.5, report.ChiSquare, 12);
    }

    [Theory]
    [InlineData("no rand server answered")]
    [InlineData("response from service: primary (8002): 11")]
    [InlineData("")]
    public async Task What_is_no_number_that_may_come_fails_and_is_shown(string answer)
    {
        await using var service = await NumberService.StartAsync("response from service: primary (8002): 10", answer);

        var failure = await Assert.ThrowsAsync<ActivityFailedException>(
            () => Draws.DrawAsync(10, 5, service.Configuration, NullLogger.Instance, Token));

        Assert.Equal($"draw 2 of 5: expected a number from 0 to 10, got 200 \"{answer}\"", failure.Message);
    }

    [Fact]
    public void Numbers_that_come_equally_often_look_uniform_and_one_that_always_comes_does_not()
    {
        Assert.True(Draws.LooksUniform(Report(chiSquare: 0)));
        Assert.True(Draws.LooksUniform(Report(chiSquare: 18.3)));
        Assert.False(Draws.LooksUniform(Report(chiSquare: 1000)));
    }

    [Fact]
    public void The_limit_is_that_of_the_chi_square_table()
    {
        // Ten degrees of freedom, 1.6449 standard deviations: the table's 18.307 for 5 %.
        Assert.True(Draws.LooksUniform(Report(chiSquare: 18.2), sigmas: 1.6449));
        Assert.False(Draws.LooksUniform(Report(chiSquare: 18.4), sigmas: 1.6449));
    }

    private static DrawReport Report(double chiSquare) => new(100, 11, 0, 10, chiSquare, new Dictionary<string, int>());
}

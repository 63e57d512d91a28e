using Shop;
using Turbulence.Testing;
using Xunit;

public sealed class FailoverTests
{
    [Fact]
    public Task Users_get_a_number_when_the_primary_dies() => ChaosTest.RunAsync("random-numbers/experiment.json");

    [Fact]
    public async Task The_secondary_says_the_price_when_the_primary_refuses()
    {
        await using var shop = await RunningShop.StartAsync();
        using var chaos = new ChaosTest();
        await using var refused = await chaos.FaultAsync("dotnet.http", new() { ["path"] = "^/primary", ["fail"] = "refused" });
        Assert.Equal("7, says the secondary", await shop.Client.GetStringAsync("/price", TestContext.Current.CancellationToken));
    }
}

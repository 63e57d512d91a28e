using Shop;
using Turbulence.Testing;

public sealed class FailoverTests
{
    [Test]
    public Task Users_get_a_number_when_the_primary_dies() => ChaosTest.RunAsync("random-numbers/experiment.json");

    [Test]
    public async Task The_secondary_says_the_price_when_the_primary_refuses()
    {
        await using var shop = await RunningShop.StartAsync();
        using var chaos = new ChaosTest();
        await using var refused = await chaos.FaultAsync("dotnet.http", new() { ["path"] = "^/primary", ["fail"] = "refused" });
        await Assert.That(await shop.Client.GetStringAsync("/price")).IsEqualTo("7, says the secondary");
    }
}

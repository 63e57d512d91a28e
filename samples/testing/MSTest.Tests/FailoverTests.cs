using Microsoft.VisualStudio.TestTools.UnitTesting;
using Shop;
using Turbulence.Testing;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

[TestClass]
public sealed class FailoverTests(TestContext test)
{
    [TestMethod]
    public Task Users_get_a_number_when_the_primary_dies() => ChaosTest.RunAsync("random-numbers/experiment.json");

    [TestMethod]
    public async Task The_secondary_says_the_price_when_the_primary_refuses()
    {
        await using var shop = await RunningShop.StartAsync();
        using var chaos = new ChaosTest();
        await using var refused = await chaos.FaultAsync("dotnet.http", new() { ["path"] = "^/primary", ["fail"] = "refused" });
        Assert.AreEqual("7, says the secondary", await shop.Client.GetStringAsync("/price", test.CancellationToken));
    }
}

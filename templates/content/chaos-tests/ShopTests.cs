using Turbulence.Runs;
using Turbulence.Testing;
using Xunit;

namespace Resilience._1;

public sealed class ShopTests
{
    // Only the calls of this test are refused, whatever else runs beside it.
    [Fact]
    public async Task A_price_comes_when_nobody_knows_the_stock()
    {
        await using var shop = await Shop.StartAsync();
        using var chaos = new ChaosTest();
        await using var refused = await chaos.FaultAsync("dotnet.http", new() { ["path"] = "^/stock", ["fail"] = "refused" });

        Assert.Equal("9.90, some in stock", await shop.AskAsync("/price", TestContext.Current.CancellationToken));
    }

    // An experiment looks at the system before, while and after; one in a file is run the same way: ChaosTest.RunAsync("experiment.yaml").
    [Fact]
    public async Task The_price_comes_without_its_list()
    {
        await using var shop = await Shop.StartAsync();

        await ChaosTest.RunAsync(Chaos.Experiment("The price comes without its list")
            .SteadyState("The price comes", state => state.Http("price", $"{shop.Address}/price", 200))
            .Method(method => method.Fault("no-list", "file.missing", new() { ["path"] = shop.PriceList })));
    }
}

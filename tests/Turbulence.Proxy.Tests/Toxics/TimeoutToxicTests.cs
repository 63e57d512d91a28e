namespace Turbulence.Proxy.Tests.Toxics;

public sealed class TimeoutToxicTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Traffic_postpones_the_close_only_where_that_is_asked_for(bool postponed)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("timeout", new { timeout = 100, postponed });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await route.AdvanceAsync(60);
            await server.SendAsync("dropped");
            await Eventually.HoldsAsync(() => route.Proxy.Toxics[0].Counters.Bytes == 7);
            await route.AdvanceAsync(60);
            if (postponed)
            {
                Assert.Equal(1, route.Proxy.Counters.Active);
                await route.AdvanceAsync(40);
            }

            Assert.Equal(0, route.Proxy.Counters.Active);
            Assert.Equal("end", await client.ReadFateAsync());
        }
    }

    [Fact]
    public async Task Without_a_time_it_closes_when_it_goes()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("timeout");
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await route.AdvanceAsync(1_000_000_000);
            Assert.Equal(1, route.Proxy.Counters.Active);
            await route.Proxy.RemoveToxicAsync("timeout_downstream");
            Assert.Equal("end", await client.ReadFateAsync());
            Assert.Equal("end", await server.ReadFateAsync());
        }
    }
}

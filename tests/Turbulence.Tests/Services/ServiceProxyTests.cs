using Turbulence.Services;

namespace Turbulence.Tests.Services;

public sealed class ServiceProxyTests
{
    [Fact]
    public void What_is_said_of_it_holds_no_token()
    {
        var proxy = new ServiceProxy("db", "shop", new Uri("http://localhost:8474"))
        {
            Listen = "18002",
            Upstream = "8002",
            Token = "0123456789abcdef",
        };
        Assert.Equal(
            "ServiceProxy { Name = db, From = shop, Api = http://localhost:8474/, IsUdp = False, Listen = 18002, Upstream = 8002, Process =  }",
            proxy.ToString());
    }

    [Fact]
    public void A_service_has_none_unless_they_are_given() => Assert.Empty(new ServiceLocation("db", null, null).Proxies);
}

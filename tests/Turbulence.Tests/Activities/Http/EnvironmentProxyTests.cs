using Turbulence.Activities.Http;

namespace Turbulence.Tests.Activities.Http;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("http_proxy=proxy:3128", "http://example.com/", "http://proxy:3128/")]
    [InlineData("http_proxy=proxy:3128", "https://example.com/", null)]
    [InlineData("HTTPS_PROXY=http://proxy:3128", "https://example.com/", "http://proxy:3128/")]
    [InlineData("all_proxy=http://proxy:3128", "https://example.com/", "http://proxy:3128/")]
    [InlineData("all_proxy=http://other:1 http_proxy=http://proxy:3128", "http://example.com/", "http://proxy:3128/")]
    [InlineData("http_proxy=http://lower:1 HTTP_PROXY=http://upper:1", "http://example.com/", "http://lower:1/")]
    [InlineData("http_proxy=proxy:3128 no_proxy=example.com,other", "http://api.example.com/", null)]
    [InlineData("http_proxy=proxy:3128 no_proxy=.example.com", "http://example.com/", null)]
    [InlineData("http_proxy=proxy:3128 no_proxy=example.com", "http://myexample.com/", "http://proxy:3128/")]
    [InlineData("http_proxy=proxy:3128 no_proxy=*", "http://example.com/", null)]
    public void The_proxies_of_an_environment_are_asked(string variables, string destination, string? expected)
    {
        var environment = variables
            .Split(' ')
            .Select(static entry => entry.Split('=', 2))
            .ToDictionary(static entry => entry[0], static entry => entry[1]);
        var proxy = EnvironmentProxy.Of(environment.GetValueOrDefault, static _ => null)!;

        Assert.Equal(expected, proxy.GetProxy(new Uri(destination))?.ToString());
        Assert.Equal(expected is null, proxy.IsBypassed(new Uri(destination)));
    }

    [Fact]
    public void A_login_in_the_address_is_the_proxys()
    {
        var proxy = EnvironmentProxy.Of(static name => name == "http_proxy" ? "http://me:p%40ss@proxy:3128" : null, static _ => null)!;
        var login = proxy.Credentials!.GetCredential(new Uri("http://proxy:3128"), "Basic")!;
        Assert.Equal(("me", "p@ss"), (login.UserName, login.Password));
    }

    [Fact]
    public void An_environment_that_names_no_others_leaves_the_systems_own() =>
        Assert.Null(
            EnvironmentProxy.Of(static name => name == "http_proxy" ? "a" : null, static name => name == "http_proxy" ? "a" : null));
}

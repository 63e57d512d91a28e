using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Turbulence.Aspire.Maps;
using Turbulence.Aspire.Resources;

namespace Turbulence.Aspire.Tests;

public sealed class EdgeMapTests
{
    private readonly IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        DisableDashboard = true,
    });

    private readonly IResourceBuilder<ExecutableResource> api;

    public EdgeMapTests() => api = Program("api").WithHttpEndpoint();

    [Fact]
    public async Task An_edge_is_found_however_the_address_is_given()
    {
        Program("by-reference").WithReference(api.GetEndpoint("http"));
        Program("by-variable").WithEnvironment("API", api.GetEndpoint("http"));
        Program("by-part").WithEnvironment("API_PORT", api.GetEndpoint("http").Property(EndpointProperty.Port));
        Program("by-callback").WithEnvironment(
            context => context.EnvironmentVariables["API"] = ReferenceExpression.Create($"{api.GetEndpoint("http")}/v1"));
        Program("by-argument").WithArgs("--api", api.GetEndpoint("http"));
        Program("stranger").WithEnvironment("API", "http://localhost:1");

        Assert.Equal(
            ["by-argument-to-api", "by-callback-to-api", "by-part-to-api", "by-reference-to-api", "by-variable-to-api"],
            (await FindAsync()).Edges.Select(static edge => edge.Name).Order());
    }

    [Fact]
    public async Task A_resource_that_names_itself_or_what_is_not_there_has_no_edge()
    {
        api.WithEnvironment("SELF", api.GetEndpoint("http")).WithEnvironment("NONE", Program("mute").GetEndpoint("http"));

        Assert.Empty((await FindAsync()).Edges);
    }

    [Fact]
    public async Task Several_endpoints_of_one_are_several_edges_and_each_caller_has_its_own()
    {
        api.WithHttpsEndpoint();
        foreach (var name in (string[])["web", "jobs"])
        {
            Program(name).WithReference(api.GetEndpoint("http")).WithReference(api.GetEndpoint("https"));
        }

        var map = await FindAsync();
        Assert.Equal(
            ["jobs-to-api-http", "jobs-to-api-https", "web-to-api-http", "web-to-api-https"],
            map.Edges.Select(static edge => edge.Name).Order());
        Assert.Contains(
            "carries TLS",
            map.Edges.Single(static edge => edge.Name == "web-to-api-https").Refusal("network.http.status"),
            StringComparison.Ordinal);
        Assert.Contains(
            "does not listen",
            map.Edges.Single(static edge => edge.Name == "web-to-api-https").Refusal("network.latency"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_led_through_a_proxy_says_why()
    {
        builder.AddContainer("box", "image").WithEnvironment("API", api.GetEndpoint("http"));
        var names = Program("names").WithEndpoint(name: "dns", protocol: System.Net.Sockets.ProtocolType.Udp);
        Program("web").WithEnvironment("DNS", names.GetEndpoint("dns").Property(EndpointProperty.Port));

        var map = await FindAsync();
        Assert.Contains("in a container", map.Edges.Single(static edge => edge.Edge.From == "box").Problem, StringComparison.Ordinal);
        Assert.Contains("by Udp", map.Edges.Single(static edge => edge.Edge.From == "web").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_cannot_be_looked_at_is_told_of()
    {
        Program("web").WithEnvironment(static (EnvironmentCallbackContext _) => throw new InvalidOperationException("no luck"));

        Assert.Equal(
            ["what web is started with cannot be looked at: no luck; its edges have no proxies"], (await FindAsync()).Problems);
    }

    [Fact]
    public async Task Only_the_edges_that_are_wanted_have_a_proxy()
    {
        Program("web").WithReference(api.GetEndpoint("http"));
        Program("jobs").WithReference(api.GetEndpoint("http"));

        var map = await FindAsync(new ChaosOptions { Edges = static edge => edge.From == "jobs" });
        Assert.Equal("jobs", Assert.Single(map.Edges).Edge.From);
    }

    [Fact]
    public async Task Long_names_are_cut_and_stay_apart()
    {
        foreach (var end in (string[])["x", "y"])
        {
            Program(new string('a', 60) + end).WithReference(api.GetEndpoint("http"));
        }

        var names = (await FindAsync()).Edges.Select(static edge => edge.Name).Distinct().ToArray();
        Assert.Equal(2, names.Length);
        Assert.All(names, static name => Assert.Equal(64, name.Length));
    }

    [Fact]
    public void What_is_published_has_no_chaos_and_it_is_added_once()
    {
        builder.AddChaos();
        Assert.Contains(
            "called before",
            Assert.Throws<InvalidOperationException>(() => builder.AddChaos("two")).Message,
            StringComparison.Ordinal);

        var publishing = DistributedApplication.CreateBuilder(
            ["--operation", "publish", "--publisher", "manifest", "--output-path", "./none"]);
        publishing.AddChaos().WithExperiment("one", "one.yaml");
        Assert.Empty(publishing.Resources.OfType<ChaosResource>());
    }

    private IResourceBuilder<ExecutableResource> Program(string name) => builder.AddExecutable(name, name, ".");

    private Task<EdgeMap> FindAsync(ChaosOptions? options = null) => EdgeMap.FindAsync(
        builder.Resources,
        new ChaosResource("chaos"),
        options ?? new ChaosOptions(),
        builder.ExecutionContext,
        TestContext.Current.CancellationToken);
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Turbulence.Aspire.Edges;
using Turbulence.Aspire.References;

namespace Turbulence.Aspire.Tests.References;

public sealed class RedirectionTests
{
    private readonly IResourceBuilder<ExecutableResource> api;
    private readonly EndpointReference endpoint;
    private readonly EdgeAddress address;
    private readonly IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        DisableDashboard = true,
    });

    public RedirectionTests()
    {
        api = builder.AddExecutable("api", "api", ".").WithHttpEndpoint();
        endpoint = api.GetEndpoint("http");
        address = new EdgeAddress("web-to-api", endpoint);
        address.Allocate("localhost", 40001);
        endpoint.EndpointAnnotation.AllocatedEndpoint = new AllocatedEndpoint(endpoint.EndpointAnnotation, "localhost", 5001);
    }

    [Fact]
    public async Task A_reference_to_an_endpoint_becomes_one_to_the_proxy()
    {
        Assert.Equal("http://localhost:40001", await ResolvedAsync(endpoint));
        Assert.Equal("40001", await ResolvedAsync(endpoint.Property(EndpointProperty.Port)));
        Assert.Equal("40001", await ResolvedAsync(endpoint.Property(EndpointProperty.TargetPort)));
        Assert.Equal("localhost:40001", await ResolvedAsync(endpoint.Property(EndpointProperty.HostAndPort)));
        Assert.Equal("http", await ResolvedAsync(endpoint.Property(EndpointProperty.Scheme)));
    }

    [Fact]
    public async Task Every_part_of_an_expression_but_the_endpoint_stays()
    {
        var secret = builder.AddParameter("password", "a{b}c", secret: true);
        var expression = ReferenceExpression.Create(
            $"{{a}}={endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)};p={secret.Resource:uri};{{{{");

        var changed = Assert.IsType<ReferenceExpression>(new Redirection(Redirect).Apply(expression));

        Assert.Equal("{a}=localhost:40001;p=a%7Bb%7Dc;{", await changed.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            "{a}=localhost:5001;p=a%7Bb%7Dc;{", await expression.GetValueAsync(TestContext.Current.CancellationToken));

        // Aspire hides the value of a secret parameter wherever it finds one.
        Assert.Contains(secret.Resource, changed.ValueProviders);
    }

    [Fact]
    public async Task A_connection_string_is_followed_to_the_endpoint_in_it()
    {
        var database = new Database("db", endpoint);
        Assert.All(EndpointsInValue.Find(database), found => Assert.Same(endpoint.Resource, found.Resource));
        Assert.Equal(2, EndpointsInValue.Find(new ConnectionStringReference(database, optional: false)).Count());
        Assert.Equal("Host=localhost;Port=40001", await ResolvedAsync(new ConnectionStringReference(database, optional: false)));
        Assert.Equal("Host=localhost;Port=40001", await ResolvedAsync(database));
    }

    [Fact]
    public async Task Both_branches_of_a_condition_are_followed()
    {
        var expression = ReferenceExpression.CreateConditional(
            endpoint.Property(EndpointProperty.TlsEnabled),
            "False",
            ReferenceExpression.Create($"plain {endpoint}"),
            ReferenceExpression.Create($"tls {endpoint}"));

        Assert.Equal("plain http://localhost:40001", await ResolvedAsync(expression));
    }

    [Fact]
    public void What_has_no_endpoint_in_it_is_the_same_value()
    {
        var plain = ReferenceExpression.Create($"x{builder.AddParameter("y", "1").Resource}");
        foreach (var value in new object[] { "http://localhost:5001", 7, plain })
        {
            Assert.Same(value, new Redirection(Redirect).Apply(value));
            Assert.Empty(EndpointsInValue.Find(value));
        }
    }

    [Fact]
    public async Task Who_asks_for_an_address_that_there_is_not_fails_with_the_reason()
    {
        var none = new EdgeAddress("none", endpoint);
        none.Refuse("port 1 is taken");
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => none.Refer(endpoint).GetValueAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal("port 1 is taken", thrown.Message);
    }

    private EndpointReference? Redirect(EndpointReference asked) => asked.Resource.Name == "api" ? address.Refer(asked) : null;

    private async Task<string?> ResolvedAsync(object value) =>
        await Assert.IsAssignableFrom<IValueProvider>(new Redirection(Redirect).Apply(value))
            .GetValueAsync(TestContext.Current.CancellationToken);

    private sealed class Database(string name, EndpointReference server) : Resource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
            $"Host={server.Property(EndpointProperty.Host)};Port={server.Property(EndpointProperty.Port)}");
    }
}

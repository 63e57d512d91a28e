using Aspire.Hosting.ApplicationModel;
using Turbulence.Aspire.References;

namespace Turbulence.Aspire.Tests.References;

public sealed class BypassTests
{
    [Theory]
    [InlineData("http://localhost:40001", null)]
    [InlineData("http://localhost:5001", "the variable API of web names port 5001, past the proxy")]
    [InlineData("Host=localhost;Port=5001;Other=localhost:40001", "the variable API of web names port 5001, past the proxy")]
    [InlineData("5001", "the variable API of web names port 5001, past the proxy")]
    [InlineData("localhost:50011", "nothing that web was started with names the proxy")]
    public void What_a_caller_was_started_with_says_whether_it_passes_the_proxy_by(string value, string? seen) =>
        Assert.Equal(seen, Bypass.Find("web", Snapshot(value), 40001, 5001));

    [Fact]
    public void Arguments_are_looked_at_too_and_what_is_not_known_yet_is_not_judged()
    {
        var snapshot = Snapshot("http://localhost:40001") with
        {
            Properties = [new("executable.args", new[] { "--server", "primary=http://localhost:5001" })],
        };
        Assert.Equal(
            "the argument 'primary=http://localhost:5001' of web names port 5001, past the proxy",
            Bypass.Find("web", snapshot, 40001, 5001));
        Assert.Null(Bypass.Find("web", snapshot with { EnvironmentVariables = [], Properties = [] }, 40001, 5001));
    }

    private static CustomResourceSnapshot Snapshot(string value) => new()
    {
        ResourceType = "Executable",
        Properties = [],
        EnvironmentVariables = [new("API", value, IsFromSpec: true)],
    };
}

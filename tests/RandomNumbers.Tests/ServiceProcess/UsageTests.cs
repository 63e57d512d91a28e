namespace RandomNumbers.Tests.ServiceProcess;

public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "PORT is missing")]
    [InlineData("8002", "NAME is missing")]
    [InlineData("8002 primary more", "unexpected argument 'more'")]
    [InlineData("x primary", "'x' is not a port")]
    [InlineData("65536 primary", "'65536' is not a port")]
    [InlineData("-1 primary", "unknown option -1")]
    [InlineData("8002 ../primary", "'../primary' is not a name")]
    [InlineData("8002 primary --verbose", "unknown option --verbose")]
    [InlineData("8002 --daemon", "NAME is missing")]
    public Task Wrong_arguments_of_rand_server_are_explained_with_exit_64(string arguments, string problem) =>
        AssertRefusedAsync(Programs.RandServer, arguments, problem, "usage: rand-server");

    [Theory]
    [InlineData("more", "unexpected argument 'more'")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port=http", "'http' is not a port")]
    [InlineData("--server localhost", "'localhost' is not NAME=URL")]
    [InlineData("--server =http://localhost", "is not NAME=URL")]
    [InlineData("--server a=ftp://localhost", "is not NAME=URL")]
    [InlineData("--failover maybe", "--failover takes on or off")]
    [InlineData("--timeout 0", "'0' is not a time")]
    [InlineData("--timeout NaN", "'NaN' is not a time")]
    [InlineData("--timeout 1e9", "'1e9' is not a time")]
    [InlineData("--timeout 0.001", "'0.001' is not a time")]
    [InlineData("--hedge-after soon", "'soon' is not a time")]
    [InlineData(
        "--server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a --server a=http://a", "at most 11 servers can be asked, not 12")]
    [InlineData("--mistake none", "'none' is not a mistake (no-time-limit, retry-storm, no-breaker, pool-of-one)")]
    [InlineData("--daemon --nope", "unknown option --nope")]
    public Task Wrong_arguments_of_require_rand_are_explained_with_exit_64(string arguments, string problem) =>
        AssertRefusedAsync(Programs.RequireRand, arguments, problem, "usage: require-rand");

    [Fact]
    public async Task Help_is_printed_on_request()
    {
        var randServer = await Programs.RunAsync(folder.Path, Programs.RandServer, "--help");
        var requireRand = await Programs.RunAsync(folder.Path, Programs.RequireRand, "--help");
        Assert.Equal((0, ""), (randServer.ExitCode, randServer.Error));
        Assert.Equal((0, ""), (requireRand.ExitCode, requireRand.Error));
        Assert.StartsWith("usage: rand-server PORT NAME", randServer.Output, StringComparison.Ordinal);
        Assert.StartsWith("usage: require-rand ", requireRand.Output, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(string program, string arguments, string problem, string usage)
    {
        var end = await Programs.RunAsync(folder.Path, program, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((64, ""), (end.ExitCode, end.Output));
        Assert.Contains(problem, end.Error, StringComparison.Ordinal);
        Assert.Contains(usage, end.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}

using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Behaviour document, section 1.3 and row K6: who is shown which credentials.</summary>
public sealed class SourceAuthorizationTests
{
    private const string Token = "CHAOSTOOLKIT_LOADER_AUTH_BEARER_TOKEN";
    private const string Hosts = "TURBULENCE_LOADER_AUTH_HOSTS";
    private static readonly SourceAuth Basic = new("basic", "abc=");

    [Fact]
    public async Task Settings_name_the_credentials_of_a_netloc()
    {
        await using var server = Server();

        Assert.Equal("basic abc=", await SentAsync(server, new LoadOptions { Auths = Auths(server.Netloc), Environment = _ => null }));
        Assert.Null(await SentAsync(server, new LoadOptions { Auths = Auths("127.0.0.1"), Environment = _ => null }));
        Assert.Null(await SentAsync(server, new LoadOptions { Auths = Auths("other"), Environment = _ => null }));
    }

    [Fact]
    public async Task The_token_goes_to_no_host_that_nobody_named()
    {
        await using var server = Server();

        Assert.Null(await SentAsync(server, new LoadOptions { Environment = Variables((Token, "secret")) }));
        Assert.Null(await SentAsync(server, new LoadOptions { Environment = Variables((Token, "secret"), (Hosts, "other, ,127.0.0.1")) }));
    }

    [Fact]
    public async Task The_token_goes_to_a_host_that_the_environment_names()
    {
        await using var server = Server();

        Assert.Equal(
            "bearer secret",
            await SentAsync(
                server, new LoadOptions { Environment = Variables((Token, " secret \n"), (Hosts, $"other, {server.Netloc}")) }));
    }

    [Fact]
    public async Task The_token_goes_to_a_host_that_settings_name_and_comes_before_their_own()
    {
        await using var server = Server();

        Assert.Equal(
            "bearer secret",
            await SentAsync(server, new LoadOptions { Auths = Auths(server.Netloc), Environment = Variables((Token, "secret")) }));
        Assert.Equal(
            "basic abc=", await SentAsync(server, new LoadOptions { Auths = Auths(server.Netloc), Environment = Variables((Token, " ")) }));
    }

    [Fact]
    public async Task By_the_reference_s_rules_the_token_goes_to_any_host()
    {
        await using var server = Server();

        Assert.Equal(
            "bearer secret",
            await SentAsync(
                server, new LoadOptions { Compatibility = Compatibility.ChaosToolkit, Environment = Variables((Token, "secret")) }));
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task Credentials_never_follow_a_redirect_to_another_host(Compatibility compatibility)
    {
        await using var other = Server();
        await using var server = new LoopbackServer(path => LoopbackServer.Redirect(path == "/x" ? "/same" : other.Url("/x")));
        var options = new LoadOptions
        {
            Compatibility = compatibility,
            Environment = Variables((Token, "secret"), (Hosts, $"{server.Netloc},{other.Netloc}")),
        };

        Assert.True((await LoadAsync(server.Url("/x"), options)).Succeeded);

        Assert.Equal(["bearer secret", "bearer secret"], Enumerable.Range(0, 2).Select(request => server.Header(request, "Authorization")));
        Assert.Null(other.Header(0, "Authorization"));
    }

    [Fact]
    public async Task A_refusal_tells_that_the_token_was_not_sent()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("", null, "401 Unauthorized"));

        var result = await LoadAsync(server.Url("/x"), new LoadOptions { Environment = Variables((Token, "secret")) });

        Assert.Equal(
            $"Failed to fetch the experiment: 401 Unauthorized (the token of {Token} was not sent: name {server.Netloc} in {Hosts} or in the settings' auths)",
            Assert.Single(result.Problems).Message);
    }

    [Fact]
    public async Task Credentials_that_can_not_stand_in_a_header_are_a_problem_that_does_not_show_them()
    {
        await using var server = Server();

        var result = await LoadAsync(
            server.Url("/x"),
            new LoadOptions { Auths = new Dictionary<string, SourceAuth> { [server.Netloc] = new("basic", "a\r\nEvil: b") } });

        Assert.Equal(
            $"Failed to fetch the experiment: the credentials for {server.Netloc} can not stand in a header",
            Assert.Single(result.Problems).Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Credentials_are_not_printed() => Assert.Equal("basic ***", Basic.ToString());

    private static LoopbackServer Server() => new(_ => LoopbackServer.Answer("""{"title": "t"}"""));

    private static Dictionary<string, SourceAuth> Auths(string netloc) => new() { [netloc] = Basic };

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    private static async Task<string?> SentAsync(LoopbackServer server, LoadOptions options)
    {
        Assert.True((await LoadAsync(server.Url("/x"), options)).Succeeded);
        return server.Header(server.Requests.Count - 1, "Authorization");
    }

    private static Task<LoadResult> LoadAsync(string source, LoadOptions options) =>
        new ExperimentLoader(TimeProvider.System).LoadAsync(source, options, TestContext.Current.CancellationToken);
}

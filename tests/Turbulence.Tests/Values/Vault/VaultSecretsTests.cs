using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Tests.Activities.Http;
using Turbulence.Values;

namespace Turbulence.Tests.Values.Vault;

public sealed class VaultSecretsTests : IAsyncDisposable
{
    private readonly FakeVault vault = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-vault-");
    private readonly Dictionary<string, string> environment = [];
    private readonly ProblemList problems = Json.NoProblems();

    public VaultSecretsTests()
    {
        vault.Secrets["/v1/secret/data/db"] =
            """{"request_id":"1","lease_id":"","data":{"data":{"user":"u","password":"hunter2","pin":4711},"metadata":{"version":3}}}""";
        vault.Secrets["/v1/kv/db"] = """{"request_id":"1","lease_id":"","lease_duration":2764800,"data":{"user":"u1"}}""";
        environment["HOME"] = folder.FullName;
    }

    public async ValueTask DisposeAsync()
    {
        await vault.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("""{"type":"vault","path":"db","key":"password"}""", "\"hunter2\"")]
    [InlineData("""{"type":"vault","path":"/db/","key":"pin"}""", "4711")]
    [InlineData("""{"type":"vault","path":"db"}""", """{"user":"u","password":"hunter2","pin":4711}""")]
    public async Task Section_4_5_Version_2_is_the_default(string definition, string expected)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            Json.Same(
                $$"""{"s":{"k":{{expected}} } }""", await ResolveAsync(definition, $$"""{"vault_token":"{{FakeVault.Token}}"}""", mode));
        }

        Assert.Empty(problems);
        Assert.All(vault.Lines, line => Assert.Equal("GET /v1/secret/data/db", line));
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1")]
    public async Task Section_4_5_Version_1_and_a_mount_of_its_own(string version)
    {
        var configuration = $$"""{"vault_token":"{{FakeVault.Token}}","vault_kv_version":{{version}},"vault_secrets_mount_point":"kv"}""";

        Json.Same("""{"s":{"k":"u1"}}""", await ResolveAsync("""{"type":"vault","path":"db","key":"user"}""", configuration));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("login")]
    public async Task A_redirect_to_another_server_gets_neither_the_token_nor_the_login(string credential)
    {
        await using var other = new FakeVault();
        vault.RedirectsTo = other.Address + "/v1/secret/data/db";
        var configuration = credential == "token"
            ? $$"""{"vault_token":"{{FakeVault.Token}}"}"""
            : """{"vault_role_id":"role","vault_role_secret":"role-secret"}""";

        await ResolveAsync("""{"type":"vault","path":"db","key":"user"}""", configuration);

        Assert.Empty(other.Requests);
        Assert.Contains(
            $"{vault.Address} redirects to {other.Address}, which is another server and gets no credential of this one; is vault_addr to name it?",
            Assert.Single(problems).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_within_the_server_is_followed()
    {
        await using var server = RawServer.Answering(
            RawServer.Answer("307 Go", "", "Location: /v1/secret/data/other"),
            RawServer.Ok("""{"data":{"data":{"user":"u"}}}""", "Content-Type: application/json"));
        environment["VAULT_ADDR"] = server.Url;

        Json.Same("""{"s":{"k":"u"}}""", await ResolveAsync(
            """{"type":"vault","path":"db","key":"user"}""", $$"""{"vault_token":"{{FakeVault.Token}}","vault_addr":"{{server.Url}}"}"""));
        Assert.Equal(FakeVault.Token, HttpRequestTests.Header(server.Requests.Last(), "X-Vault-Token"));
    }

    [Theory]
    [InlineData("../../sys/x", "secret")]
    [InlineData("a/../../../sys/x", "secret")]
    [InlineData("..", "secret")]
    [InlineData("./a", "secret")]
    [InlineData("db", "../sys")]
    public async Task No_path_leaves_its_mount(string path, string mount)
    {
        var configuration = $$"""{"vault_token":"{{FakeVault.Token}}","vault_secrets_mount_point":"{{mount}}"}""";

        await ResolveAsync($$"""{"type":"vault","path":"{{path}}"}""", configuration);

        Assert.Empty(vault.Requests);
        Assert.Equal(
            $"the Vault secret at '{path}' cannot be read: a path of Vault must not have a part that is '.' or '..': it would leave its mount",
            Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("config")]
    [InlineData("variable")]
    [InlineData("file")]
    public async Task Section_4_5_The_token_comes_from_the_configuration_then_the_environment_then_the_file_of_vault_login(string source)
    {
        var wrong = "wrong-token";
        var configuration = source == "config" ? $$"""{"vault_token":"{{FakeVault.Token}}"}""" : "{}";
        if (source != "file")
        {
            environment["VAULT_TOKEN"] = source == "variable" ? FakeVault.Token : wrong;
        }

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, ".vault-token"), (source == "file" ? FakeVault.Token : wrong) +
            "\n", TestContext.Current.CancellationToken);

        Json.Same("""{"s":{"k":"u"}}""", await ResolveAsync("""{"type":"vault","path":"db","key":"user"}""", configuration));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Section_4_5_The_address_may_come_from_the_environment_and_the_namespace_does()
    {
        environment["VAULT_ADDR"] = vault.Address + "/";
        environment["VAULT_TOKEN"] = FakeVault.Token;
        environment["VAULT_NAMESPACE"] = "team/a";

        Json.Same("""{"s":{"k":"u"}}""", await ResolveAsync("""{"type":"vault","path":"db","key":"user"}""", """{"vault_addr":""}"""));

        var headers = Assert.Single(vault.Requests).Headers;
        Assert.Equal("team/a", headers["X-Vault-Namespace"]);
        Assert.Equal("true", headers["X-Vault-Request"]);
    }

    [Fact]
    public async Task Section_4_5_AppRole_logs_in_once_for_every_secret_of_a_run()
    {
        vault.Secrets["/v1/secret/data/other/path"] = """{"data":{"data":{"k":"v"}}}""";
        var experiment =
            """{"a":{"type":"vault","path":"db","key":"user"},"b":{"type":"vault","path":"db","key":"pin"},"c":{"type":"vault","path":"other/path","key":"k"}}""";

        var secrets = await ResolveScopeAsync(
            experiment, """{"vault_role_id":"role","vault_role_secret":"role-secret","vault_sa_role":"sa"}""");

        Json.Same("""{"s":{"a":"u","b":4711,"c":"v"}}""", secrets);
        Assert.Equal(["POST /v1/auth/approle/login", "GET /v1/secret/data/db", "GET /v1/secret/data/other/path"], vault.Lines);
        Assert.False(vault.Requests.First().Headers.ContainsKey("X-Vault-Token"));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(null, "POST /v1/auth/kubernetes/login")]
    [InlineData("k8s/cluster-1", "POST /v1/auth/k8s/cluster-1/login")]
    public async Task Section_4_5_A_Kubernetes_service_account(string? mount, string login)
    {
        var token = Path.Combine(folder.FullName, "jwt");
        await File.WriteAllTextAsync(token, "jwt-of-account\n", TestContext.Current.CancellationToken);
        var configuration = new JsonObject { ["vault_sa_role"] = "sa", ["vault_sa_token_path"] = token, ["vault_k8s_mount_point"] = mount };

        Json.Same("""{"s":{"k":"u"}}""", await ResolveAsync("""{"type":"vault","path":"db","key":"user"}""", configuration.ToJsonString()));
        Assert.Equal([login, "GET /v1/secret/data/db"], vault.Lines);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Section_4_5_An_AppRole_that_is_refused_is_told_once_and_without_its_secret()
    {
        await ResolveScopeAsync(
            """{"a":{"type":"vault","path":"db"},"b":{"type":"vault","path":"db"}}""",
            """{"vault_role_id":"role","vault_role_secret":"wrong-secret"}""");

        var problem = Assert.Single(problems);
        Assert.Equal("/secrets/s/a", problem.Pointer);
        Assert.Equal("Failed to connect to Vault with the AppRole: Vault answered 400: invalid role or secret ID *****", problem.Message);
        Assert.Single(vault.Requests);
    }

    [Fact]
    public async Task Section_4_5_A_service_account_that_is_refused_is_told_without_its_token()
    {
        var token = Path.Combine(folder.FullName, "jwt");
        await File.WriteAllTextAsync(token, "jwt-of-stranger", TestContext.Current.CancellationToken);

        await ResolveAsync("""{"type":"vault","path":"db"}""", $$"""{"vault_sa_role":"sa","vault_sa_token_path":"{{token}}"}""");

        Assert.Equal(
            "Failed to connect to Vault using service account with errors: 'Vault answered 400: invalid role or secret ID *****'",
            Assert.Single(problems).Message);
    }

    [Fact]
    public async Task Section_4_5_A_service_account_without_a_token_file()
    {
        await ResolveAsync("""{"type":"vault","path":"db"}""", """{"vault_sa_role":"sa","vault_sa_token_path":"/nowhere/token"}""");

        Assert.Equal("Failed to get service account token at: /nowhere/token", Assert.Single(problems).Message);
        Assert.Empty(vault.Requests);
    }

    [Theory]
    [InlineData("""{"type":"vault","key":"k"}""", "Missing Vault secret path for '{'type': 'vault', 'key': 'k'}'")]
    [InlineData("""{"type":"vault","path":"empty"}""", "No Vault secret found at path: empty")]
    [InlineData("""{"type":"vault","path":"none"}""", "No Vault secret found at path: none")]
    public async Task Section_4_5_No_secret_is_an_error_or_an_empty_map_with_a_warning_in_compatibility_mode(
        string definition, string message)
    {
        vault.Secrets["/v1/secret/data/empty"] = null;
        vault.Secrets["/v1/secret/data/none"] = """{"data":{"data":null}}""";
        var configuration = $$"""{"vault_token":"{{FakeVault.Token}}"}""";

        Json.Same("""{"s":{}}""", await ResolveAsync(definition, configuration));
        Json.Same("""{"s":{"k":{}}}""", await ResolveAsync(definition, configuration, Compatibility.ChaosToolkit));

        Assert.Equal(
            [new Problem("/secrets/s/k", null, message), new Problem("/secrets/s/k", null, message, ProblemSeverity.Warning)],
            problems);
    }

    [Theory]
    [InlineData("""{"type":"vault","path":"db","key":"gone"}""", FakeVault.Token, "the Vault secret at 'db' has no key 'gone'")]
    [InlineData("""{"type":"vault","path":"gone"}""", FakeVault.Token, "the Vault secret at 'gone' cannot be read: Vault answered 404")]
    [InlineData(
        """{"type":"vault","path":"db"}""",
        "stolen-token",
        "the Vault secret at 'db' cannot be read: Vault answered 403: permission denied for *****")]
    [InlineData(
        """{"type":"vault","path":"db"}""",
        "bro\\nken",
        "the Vault secret at 'db' cannot be read: the token or the namespace holds characters that no header can carry")]
    public async Task Section_4_5_A_read_that_fails_is_an_error_in_both_modes(string definition, string token, string message)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            Json.Same("""{"s":{}}""", await ResolveAsync(definition, $$"""{"vault_token":"{{token}}"}""", mode));
        }

        Assert.Equal(2, problems.Count);
        Assert.All(problems, problem => Assert.Equal(new Problem("/secrets/s/k", null, message), problem));
    }

    [Fact]
    public async Task A_path_cannot_leave_its_place_in_the_URL()
    {
        await ResolveAsync("""{"type":"vault","path":"a b/c?list=true#x"}""", $$"""{"vault_token":"{{FakeVault.Token}}"}""");

        Assert.Equal(["GET /v1/secret/data/a%20b/c%3Flist%3Dtrue%23x"], vault.Lines);
    }

    [Theory]
    [InlineData(200, "<html>", "Vault's answer is not JSON: line 1, byte 1")]
    [InlineData(503, "<html>", "Vault answered 503")]
    [InlineData(429, "{\"errors\":[\"slow\\ndown\",1]}", "Vault answered 429: slow down, 1")]
    [InlineData(200, "[1]", null)]
    public async Task An_answer_that_is_none_of_Vault_s_does_no_harm(int status, string body, string? message)
    {
        vault.Always = (status, body);

        await ResolveAsync("""{"type":"vault","path":"db"}""", """{"vault_token":"t"}""");

        Assert.Equal(
            message is null ? "No Vault secret found at path: db" : "the Vault secret at 'db' cannot be read: " + message,
            Assert.Single(problems).Message);
    }

    [Fact]
    public async Task A_login_whose_answer_holds_no_token_is_a_failure()
    {
        vault.Always = (200, "{\"auth\":null}");

        await ResolveAsync("""{"type":"vault","path":"db"}""", """{"vault_role_id":"role","vault_role_secret":"role-secret"}""");

        Assert.Equal("Failed to connect to Vault with the AppRole: the answer holds no token", Assert.Single(problems).Message);
    }

    [Fact]
    public async Task A_Vault_that_never_answers_is_given_up()
    {
        vault.IsSilent = true;

        await ResolveAsync("""{"type":"vault","path":"db"}""", """{"vault_token":"t"}""", timeout: TimeSpan.FromMilliseconds(200));

        Assert.Equal(
            $"the Vault secret at 'db' cannot be read: {vault.Address} gave no answer within 0.2 s", Assert.Single(problems).Message);
    }

    [Fact]
    public async Task A_Vault_that_is_not_there_is_told_without_the_credentials_in_its_address()
    {
        var gone = vault.Address;
        await vault.DisposeAsync();

        await ResolveAsync(
            """{"type":"vault","path":"db"}""",
            $$"""{"vault_token":"t","vault_addr":"{{gone.Replace("//", "//user:hunter2@", StringComparison.Ordinal)}}"}""");

        var message = Assert.Single(problems).Message;
        Assert.Contains($"{gone} could not be reached: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"vault_addr":"not a url"}""", "/configuration/vault_addr", "the address of Vault must be an http or https URL")]
    [InlineData("""{"vault_addr":"file:///etc"}""", "/configuration/vault_addr", "the address of Vault must be an http or https URL")]
    [InlineData("""{"vault_kv_version":"3"}""", "/configuration/vault_kv_version", "vault_kv_version must be \"1\" or \"2\"")]
    public async Task Settings_that_make_no_sense_are_told_once(string configuration, string pointer, string message)
    {
        await ResolveScopeAsync("""{"a":{"type":"vault","path":"db"},"b":{"type":"vault","path":"db"}}""", configuration);

        Assert.Equal(new Problem(pointer, null, message), Assert.Single(problems));
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        vault.IsSilent = true;
        using var cancelled = new CancellationTokenSource();
        var resolving =
            ResolveAsync("""{"type":"vault","path":"db"}""", """{"vault_token":"t"}""", cancellationToken: cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
    }

    private ValueTask<JsonObject> ResolveAsync(
        string definition,
        string configuration,
        Compatibility mode = Compatibility.None,
        TimeSpan? timeout = null,
        CancellationToken? cancellationToken = null) =>
        ResolveScopeAsync($$"""{"k":{{definition}} }""", configuration, mode, timeout, cancellationToken);

    private ValueTask<JsonObject> ResolveScopeAsync(
        string scope,
        string configuration,
        Compatibility mode = Compatibility.None,
        TimeSpan? timeout = null,
        CancellationToken? cancellationToken = null)
    {
        var values = Json.Map(configuration);
        if (!values.ContainsKey("vault_addr"))
        {
            values["vault_addr"] = vault.Address;
        }

        var sources = new ValueSources
        {
            Compatibility = mode,
            Environment = new EnvironmentVariables(environment),
            VaultTimeout = timeout ?? TimeSpan.FromSeconds(60),
        };
        return new SecretsResolver(sources).ResolveAsync(
            Json.Map($$"""{"secrets":{"s":{{scope}} } }"""), values, problems, cancellationToken ?? TestContext.Current.CancellationToken);
    }
}

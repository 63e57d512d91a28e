using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class SettingsVerbTests : IDisposable
{
    private const string Settings =
        """
        # Where our experiments are.
        auths:
          chaos.example.com: { type: bearer, value: token-of-mine }
        notifications:
          - { type: http, url: "http://127.0.0.1:9/hook/abc", headers: { Authorization: "Bearer hook-token" } }
        runtime: { rollbacks: { strategy: always } }
        vendor: { list: [1, two, { three: 3 }], note: "café" }

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Twenty_that_change_the_settings_at_once_lose_nothing()
    {
        var file = folder.Write("many.yaml", string.Concat(Enumerable.Range(0, 20).Select(i => $"k{i}: 0\n")));
        var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => ChaosCommandTests.InvokeAsync("--no-log-file", ["--settings", file, "settings", "set", $"k{i}", $"{i + 1}"]))));
        Assert.All(ends, end => Assert.Equal(0, end.Code));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"k{i}: {i + 1}").Order(StringComparer.Ordinal),
            File.ReadAllLines(file).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("settings show", "settings-show.txt")]
    [InlineData("settings show --format json", "settings-show-json.txt")]
    [InlineData("settings show --show-secrets", "settings-show-secrets.txt")]
    [InlineData("settings show --compat chaostoolkit", "settings-show-compat.txt")]
    [InlineData("settings show --compat chaostoolkit --format json", "settings-show-compat-json.txt")]
    [InlineData("info settings", "info-settings.txt")]
    [InlineData("info settings --compat chaostoolkit", "info-settings-compat.txt")]
    public async Task Section_12_6_settings_are_shown_without_their_secrets_but_in_compatibility_mode(string line, string golden)
    {
        var (code, said, error) = await InvokeAsync(line);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(golden.Contains("compat", StringComparison.Ordinal) || golden.Contains("secrets", StringComparison.Ordinal),
            said.Contains("token-of-mine", StringComparison.Ordinal) && said.Contains("hook-token", StringComparison.Ordinal));
        Golden.Matches(golden, said);
    }

    [Theory]
    [InlineData("auths.chaos\\.example\\.com.type", "yaml", "bearer\n...\n\n")]
    [InlineData("auths.chaos\\.example\\.com.type", "json", "\"bearer\"\n")]
    [InlineData("auths.chaos\\.example\\.com.value", "string", "token-of-mine\n")]
    [InlineData("vendor.list", "string", "[1, 'two', {'three': 3}]\n")]
    [InlineData("vendor.list[2]", "json", "{\n  \"three\": 3\n}\n")]
    [InlineData("vendor.list[2]", "yaml", "three: 3\n\n")]
    [InlineData("vendor.note", "json", "\"caf\\u00e9\"\n")]
    public async Task Section_12_6_one_value_is_shown_as_the_reference_does(string key, string format, string expected)
    {
        var (code, said, error) = await InvokeAsync("settings get --compat chaostoolkit", "--format", format, key);
        Assert.Equal((0, expected, ""), (code, said, error));
    }

    [Theory]
    [InlineData("get", "nope")]
    [InlineData("get", "vendor.list[7]")]
    [InlineData("set", "vendor.nope", "5")]
    [InlineData("remove", "vendor.nope")]
    public async Task Section_12_6_a_key_that_is_not_there_is_exit_code_1_and_ours_says_so(string verb, params string[] more)
    {
        var (code, said, error) = await InvokeAsync($"settings {verb} --compat chaostoolkit", more);
        Assert.Equal((1, "", ""), (code, said, error));
        (code, said, error) = await InvokeAsync($"settings {verb}", more);
        Assert.Equal((1, ""), (code, said));
        Assert.EndsWith($" ERROR] The settings {folder["settings.yaml"]} have no {more[0]}\n", error, StringComparison.Ordinal);
        Assert.Equal(Settings, await File.ReadAllTextAsync(folder["settings.yaml"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("settings show", 1, "There is no settings file at")]
    [InlineData("settings get a", 1, "There is no settings file at")]
    [InlineData("settings set a 5", 1, "There is no settings file at")]
    [InlineData("settings remove a", 1, "There is no settings file at")]
    [InlineData("info settings", 0, "No settings file found at")]
    public async Task Section_12_6_without_a_file_the_verbs_say_so(string line, int code, string message)
    {
        var (actual, said, error) = await InvokeAsync($"{line} --settings {folder["none.yaml"]}");
        Assert.Equal(code, actual);
        Assert.Contains($"{message} {folder["none.yaml"]}\n", said + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings set runtime.rollbacks.strategy \"never\"", "strategy: never")]
    [InlineData("settings set vendor.list[0] -5", "  - -5\n  - two")]
    [InlineData("settings set vendor.list null", "list: null")]
    [InlineData("settings remove vendor.list[0]", "list:\n  - two\n  - three: 3")]
    [InlineData("settings remove notifications", "auths:\n  chaos.example.com:\n    type: bearer\n    value: token-of-mine\nruntime:")]
    public async Task Section_12_6_the_file_is_rewritten(string line, string part)
    {
        var (code, said, error) = await InvokeAsync(line);
        Assert.Equal((0, ""), (code, said));
        Assert.Contains("keys are sorted, and comments are not kept", error, StringComparison.Ordinal);
        Assert.Contains(
            part, await File.ReadAllTextAsync(folder["settings.yaml"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 64)]
    [InlineData("--compat chaostoolkit", 1)]
    public async Task Section_12_6_a_value_that_is_not_json_changes_nothing(string mode, int expected)
    {
        var (code, _, error) = await InvokeAsync($"settings set {mode} runtime.rollbacks.strategy never");
        Assert.Equal(expected, code);
        Assert.Contains("The value is not JSON: ", Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal(Settings, await File.ReadAllTextAsync(folder["settings.yaml"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_not_shown_with_their_secrets()
    {
        folder.Write("broken.yaml", "auths: { h: { value: token-of-mine }\n");
        var (code, said, error) = await InvokeAsync($"info settings --settings {folder["broken.yaml"]}");
        Assert.Equal((1, ""), (code, said));
        Assert.Contains("Failed parsing YAML settings: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-mine", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_12_6_the_versions_are_a_table()
    {
        var (code, said, error) = await InvokeAsync("info core");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(
            @"^NAME                VERSION   \nCLI                 \d+\.\d+\.\d+ *\nCore library        \d+\.\d+\.\d+ *\n$", said);
    }

    private Task<(int Code, string Said, string Error)> InvokeAsync(string line, params string[] more)
    {
        if (!File.Exists(folder["settings.yaml"]))
        {
            folder.Write("settings.yaml", Settings);
        }

        string[] where = line.Contains("--settings", StringComparison.Ordinal) ? [] : ["--settings", folder["settings.yaml"]];
        return ChaosCommandTests.InvokeAsync($"--no-log-file {line}", [.. where, .. more]);
    }
}

using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class ValidateVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_valid_experiment_is_told_so()
    {
        var (code, error) = await ValidateAsync(SampleExperiments.Waiting);
        Assert.Equal(0, code);
        Assert.EndsWith(" INFO] experiment syntax and semantic look valid\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_alone_is_valid()
    {
        var (code, error) = await ValidateAsync(SampleExperiments.Waiting.Replace("\"method\"", "\"controlls\": [], \"method\"", StringComparison.Ordinal));
        Assert.Equal(0, code);
        Assert.Contains(": warning: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1, "--compat", "chaostoolkit")]
    public async Task An_invalid_one_has_the_exit_code_of_its_mode(int expected, params string[] more)
    {
        var (code, error) = await ValidateAsync("{ \"title\": \"t\", \"description\": \"d\", \"method\": 5 }", more);
        Assert.Equal(expected, code);
        Assert.DoesNotContain("look valid", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> ValidateAsync(string experiment, params string[] more)
    {
        var (code, said, error) = await ChaosCommandTests.InvokeAsync(
            "--no-log-file validate", [folder.Write("experiment.json", experiment), .. more]);
        Assert.Equal("", said);
        return (code, error);
    }
}

using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ProcessEnvironmentTests
{
    [Fact]
    public async Task What_the_system_is_given_is_made_once_for_all_children()
    {
        var environment = new ProcessEnvironment(new Dictionary<string, string> { ["A"] = "1", ["B"] = "é=\udcff" });
        var start = Children.Script("printf '%s %s' \"$A\" \"$B\"") with { Environment = environment };
        var made = environment.Entries;

        for (var round = 0; round < 3; round++)
        {
            var output = await Children.RunAsync(start);
            Assert.Equal([.. "1 é="u8, 0xff], output.StandardOutput.Bytes.ToArray());
        }

        Assert.Same(made, environment.Entries);
    }

    [Fact]
    public void One_that_holds_a_NUL_is_refused()
    {
        var environment = new ProcessEnvironment(new Dictionary<string, string> { ["A"] = "1\0B=2" });

        Assert.False(ChildProcess.TryStart(Children.Script("exit 0") with { Environment = environment }, out _, out var failure));
        Assert.Contains("NUL", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_a_copy_that_does_not_change()
    {
        var variables = new Dictionary<string, string> { ["A"] = "1" };
        var environment = new ProcessEnvironment(variables);
        variables["A"] = "2";

        Assert.Equal("1", environment["A"]);
    }
}

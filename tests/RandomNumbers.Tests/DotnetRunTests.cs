namespace RandomNumbers.Tests;

public sealed class DotnetRunTests
{
    [Theory]
    [InlineData("RandServer")]
    [InlineData("RequireRand")]
    public async Task Dotnet_run_leaves_a_service_in_the_callers_directory(string project)
    {
        // The web SDK would otherwise start it in the project's folder, and the PID file would be written there.
        var end = await Programs.RunAsync(
            SampleFolder.Path,
            "dotnet",
            "msbuild",
            Path.Combine(SampleFolder.Path, project),
            "-getProperty:RunWorkingDirectory",
            "-nodeReuse:false");
        Assert.Equal((0, "", ""), (end.ExitCode, end.Output.Trim(), end.Error));
    }
}

using System.Globalization;

namespace RandomNumbers.Tests;

/// <summary>
/// The launchers beside the experiment, in a repository of the test's own whose program is a stand-in that prints what it was given:
/// building the real ones here could change them under the other tests' feet.
/// </summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFolder repository = new();
    private readonly TemporaryFolder elsewhere = new();

    public LauncherTests()
    {
        Needs.That(!OperatingSystem.IsWindows(), "they are shell scripts");
        var samples = Directory.CreateDirectory(repository["samples/random-numbers"]).FullName;
        foreach (var name in (string[])["rand-server", "launch.sh"])
        {
            File.Copy(Path.Combine(SampleFolder.Path, name), Path.Combine(samples, name));
        }

        Write("samples/random-numbers/RandServer/Program.cs", "source");
        Write("samples/random-numbers/ServiceProcess/Service.cs", "source");
        Write("Directory.Build.props", "source");
        Write("Directory.Packages.props", "source");
        Build("debug", "older");
        Build("release", "newer");
    }

    private string Launcher => repository["samples/random-numbers/rand-server"];

    public void Dispose()
    {
        repository.Dispose();
        elsewhere.Dispose();
    }

    [Fact]
    public async Task The_newest_build_gets_the_arguments_untouched_in_the_callers_directory()
    {
        var end = await Programs.RunAsync(elsewhere.Path, Launcher, "8002", "a b", "", "*", "$HOME");
        Assert.Equal((7, ""), (end.ExitCode, end.Error));
        Assert.Equal($"newer\n{elsewhere.Path}\n<8002>\n<a b>\n<>\n<*>\n<$HOME>\n", end.Output);
    }

    [Fact]
    public async Task A_link_to_the_launcher_works_too()
    {
        File.CreateSymbolicLink(elsewhere["link"], Launcher);
        Assert.StartsWith("newer\n", (await Programs.RunAsync(elsewhere.Path, elsewhere["link"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_launcher_becomes_the_service()
    {
        Write("artifacts/bin/RandServer/release/rand-server", "#!/bin/sh\necho $$\n");
        using var launcher = Programs.Start(elsewhere.Path, Launcher);
        Assert.Equal(launcher.Id.ToString(CultureInfo.InvariantCulture), await launcher.StandardOutput.ReadLineAsync(Deadline.Token));
        await launcher.WaitForExitAsync(Deadline.Token);
    }

    [Theory]
    [InlineData("samples/random-numbers/RandServer/Program.cs")]
    [InlineData("samples/random-numbers/ServiceProcess/Service.cs")]
    [InlineData("Directory.Packages.props")]
    public async Task A_newer_source_is_built_and_a_failed_build_is_shown(string source)
    {
        File.SetLastWriteTimeUtc(repository[source], new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var end = await Programs.RunAsync(elsewhere.Path, Launcher);
        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.Contains("RandServer.csproj", end.Error, StringComparison.Ordinal);
    }

    private void Build(string configuration, string output)
    {
        Write(
            $"artifacts/bin/RandServer/{configuration}/rand-server",
            $"#!/bin/sh\necho {output}\npwd\n[ $# -eq 0 ] || printf '<%s>\\n' \"$@\"\nexit 7\n");
        Write($"artifacts/bin/RandServer/{configuration}/rand-server.dll", "built");
        var built = new DateTime(2029, 1, output == "newer" ? 2 : 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(repository[$"artifacts/bin/RandServer/{configuration}/rand-server.dll"], built);
    }

    private void Write(string path, string content)
    {
        var file = repository[path];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

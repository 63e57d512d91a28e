using Turbulence.Cli.Tests.Verbs;

namespace Turbulence.Cli.Tests.Launching;

/// <summary>The launcher in a repository of its own, with a stand-in for <c>dotnet</c> that counts its builds.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Builder =
        """
        #!/bin/sh
        echo build >> "$BUILDS"
        echo "noise of the build"
        [ ! -e "$ROOT/broken" ] || { echo "Program.cs(1,1): error CS0000"; exit 1; }
        mkdir -p "$ROOT/artifacts/bin/Turbulence.Cli/release"
        cp "$ROOT/program" "$ROOT/artifacts/bin/Turbulence.Cli/release/chaos"
        chmod +x "$ROOT/artifacts/bin/Turbulence.Cli/release/chaos"
        """;

    private const string Program =
        """
        #!/bin/sh
        printf '<%s>' "$@"
        echo " in $(pwd -P)"
        exit 42
        """;

    private readonly TemporaryFolder folder = new();

    public LauncherTests()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the launcher for Windows is chaos.cmd");
        File.Copy(Path.Combine(RepositoryRoot(), "chaos"), folder.Write("repo/chaos", ""), overwrite: true);
        folder.Write("repo/program", Program);
        folder.Write("repo/src/Turbulence.Cli/Program.cs", "");
        Executable(folder["repo/chaos"]);
        Executable(folder.Write("tools/dotnet", Builder));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_builds_once_and_passes_arguments_and_exit_code_on()
    {
        for (var i = 0; i < 2; i++)
        {
            var (code, said, error) = await LaunchAsync("repo/chaos", "run", "a b", "*", "");
            Assert.Equal((42, $"<run><a b><*><> in {Real(folder.Path)}\n", ""), (code, said, error));
        }

        Assert.Equal(1, Builds);
    }

    [Fact]
    public async Task A_newer_source_is_built_again()
    {
        await LaunchAsync("repo/chaos");
        File.SetLastWriteTimeUtc(folder["repo/src/Turbulence.Cli/Program.cs"], TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        await LaunchAsync("repo/chaos");
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task It_is_found_through_links()
    {
        File.CreateSymbolicLink(folder["here"], folder["repo/chaos"]);
        Directory.CreateDirectory(folder["bin"]);
        File.CreateSymbolicLink(folder["bin/chaos"], "../here");
        var (code, _, error) = await LaunchAsync("bin/chaos", "x");
        Assert.Equal((42, ""), (code, error));
    }

    [Fact]
    public async Task Several_at_once_build_once()
    {
        Needs.Program("flock", "util-linux");
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LaunchAsync("repo/chaos")));
        Assert.All(runs, run => Assert.Equal(42, run.Code));
        Assert.Equal(1, Builds);
    }

    [Fact]
    public async Task A_build_that_fails_is_shown_and_tried_again()
    {
        folder.Write("repo/broken", "");
        var (code, said, error) = await LaunchAsync("repo/chaos");
        Assert.Equal((2, ""), (code, said));
        Assert.Equal("noise of the build\nProgram.cs(1,1): error CS0000\nchaos: the build failed\n", error);
        File.Delete(folder["repo/broken"]);
        Assert.Equal(42, (await LaunchAsync("repo/chaos")).Code);
    }

    [Fact]
    public async Task Without_an_sdk_it_says_what_to_install()
    {
        File.Delete(folder["tools/dotnet"]);
        foreach (var tool in (ReadOnlySpan<string>)["sh", "dirname", "readlink", "find", "head", "mkdir", "flock", "mv", "rm"])
        {
            File.CreateSymbolicLink(folder[$"tools/{tool}"], File.Exists($"/usr/bin/{tool}") ? $"/usr/bin/{tool}" : $"/bin/{tool}");
        }

        var (code, _, error) = await LaunchWithAsync(folder["tools"], "repo/chaos");
        Assert.Equal(2, code);
        Assert.StartsWith("chaos: no dotnet found; install the .NET 10 SDK", error, StringComparison.Ordinal);
    }

    private int Builds => File.ReadAllLines(folder["builds"]).Length;

    private Task<(int Code, string Said, string Error)> LaunchAsync(string launcher, params string[] args) =>
        LaunchWithAsync($"{folder["tools"]}:{Environment.GetEnvironmentVariable("PATH")}", launcher, args);

    private async Task<(int Code, string Said, string Error)> LaunchWithAsync(string path, string launcher, params string[] args)
    {
        await using var command = StartedCommand.Start(
            folder,
            "/usr/bin/env",
            [$"PATH={path}", $"BUILDS={folder["builds"]}", $"ROOT={folder["repo"]}", "/bin/sh", folder[launcher], .. args]);
        var said = command.ReadOutputAsync();
        var (code, error) = await command.EndAsync();
        return (code, await said, error);
    }

    private static void Executable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Real(string path) => new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static string RepositoryRoot([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

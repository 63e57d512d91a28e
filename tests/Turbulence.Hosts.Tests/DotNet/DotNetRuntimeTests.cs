using System.Runtime.Versioning;
using Turbulence.Hosts.DotNet;
using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.Tests.DotNet;

/// <summary>The .NET worker is put in its place and found, whatever is there already.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DotNetRuntimeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_worker_is_unpacked_once_into_the_cache_and_starts()
    {
        using var runtime = new DotNetRuntime(Variables());

        var first = await FindAsync(runtime);
        var written = File.GetLastWriteTimeUtc(first);
        var second = await FindAsync(runtime);

        Assert.Equal((first, written), (second, File.GetLastWriteTimeUtc(second)));
        Assert.StartsWith(Path.Combine(folder.FullName, "turbulence", "dotnet-worker-"), first, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "turbulence")));

        Assert.True(ChildProcess.TryStart(
            new() { FileName = ExecutableSearch.Find("dotnet")!, Arguments = ["exec", first] }, out var child, out _));
        await using (child)
        {
            Assert.True((await child.WaitForExitAsync(TestContext.Current.CancellationToken)).IsSuccess);
        }
    }

    [Fact]
    public async Task What_was_changed_is_not_run()
    {
        using var runtime = new DotNetRuntime(Variables());
        var program = await FindAsync(runtime);
        var original = await File.ReadAllBytesAsync(program, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(program, "more", TestContext.Current.CancellationToken);

        Assert.Equal(program, await FindAsync(runtime));
        Assert.Equal(original, await File.ReadAllBytesAsync(program, TestContext.Current.CancellationToken));

        File.Delete(program);
        Assert.Equal(program, await FindAsync(runtime));
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "turbulence")));
    }

    [Fact]
    public async Task A_folder_that_others_can_write_to_is_replaced()
    {
        using var runtime = new DotNetRuntime(Variables());
        var program = await FindAsync(runtime);
        var place = new DirectoryInfo(Path.GetDirectoryName(program)!);
        place.UnixFileMode |= UnixFileMode.OtherWrite;

        Assert.Equal(program, await FindAsync(runtime));
        place.Refresh();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, place.UnixFileMode);
    }

    [Fact]
    public async Task A_link_in_place_of_the_folder_is_not_followed()
    {
        using var runtime = new DotNetRuntime(Variables());
        var program = await FindAsync(runtime);
        var place = Path.GetDirectoryName(program)!;
        Directory.Move(place, Path.Combine(folder.FullName, "elsewhere"));
        Directory.CreateSymbolicLink(place, Path.Combine(folder.FullName, "elsewhere"));

        Assert.Equal(program, await FindAsync(runtime));
        Assert.Null(new DirectoryInfo(place).LinkTarget);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "elsewhere", Path.GetFileName(program))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/proc/nowhere")]
    [InlineData("relative")]
    public async Task Without_a_cache_there_is_a_temporary_folder_that_is_removed_at_the_end(string? cache)
    {
        string program;
        using (var runtime = new DotNetRuntime(Variables(cache)))
        {
            program = await FindAsync(runtime);
            Assert.Equal(program, await FindAsync(runtime));
            Assert.StartsWith(Path.GetTempPath(), program, StringComparison.Ordinal);
            Assert.True(File.Exists(program));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(program)));
    }

    [Fact]
    public async Task A_cache_that_others_can_write_to_is_not_used()
    {
        var ours = Directory.CreateDirectory(Path.Combine(folder.FullName, "turbulence"));
        ours.UnixFileMode |= UnixFileMode.GroupWrite;
        using var runtime = new DotNetRuntime(Variables());

        Assert.False((await FindAsync(runtime)).StartsWith(folder.FullName, StringComparison.Ordinal));
        Assert.Empty(ours.GetFileSystemInfos());
    }

    [Fact]
    public async Task Many_may_unpack_at_once()
    {
        var runtimes = Enumerable.Range(0, 16).Select(_ => new DotNetRuntime(Variables())).ToArray();

        var programs =
            await Task.WhenAll(runtimes.Select(runtime => Task.Run(() => FindAsync(runtime), TestContext.Current.CancellationToken)));

        Assert.Single(programs.Distinct());
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "turbulence")));
        Array.ForEach(runtimes, runtime => runtime.Dispose());
    }

    [Fact]
    public async Task Without_dotnet_the_problem_says_what_to_do()
    {
        using var runtime = new DotNetRuntime(name => name == "PATH" ? folder.FullName : null);

        var search = await runtime.FindAsync(TestContext.Current.CancellationToken);

        Assert.False(search.IsFound);
        Assert.Contains("DOTNET_ROOT", search.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_is_the_one_that_the_environment_names()
    {
        var named = Path.Combine(folder.FullName, "dotnet");
        await File.WriteAllTextAsync(named, "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(named, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var variables = Variables();

        foreach (var (variable, value) in new[] { ("DOTNET_ROOT", folder.FullName), ("DOTNET_HOST_PATH", named) })
        {
            using var runtime = new DotNetRuntime(name => name == variable ? value : variables(name));
            Assert.Equal(named, (await runtime.FindAsync(TestContext.Current.CancellationToken)).Launch?.FileName);
        }
    }

    private static async Task<string> FindAsync(DotNetRuntime runtime)
    {
        var search = await runtime.FindAsync(TestContext.Current.CancellationToken);
        Assert.True(search.IsFound, search.Problem);
        return search.Launch.Arguments[1];
    }

    private Func<string, string?> Variables() => Variables(folder.FullName);

    private static Func<string, string?> Variables(string? cache) => name => name switch
    {
        "PATH" => Environment.GetEnvironmentVariable("PATH"),
        "XDG_CACHE_HOME" => cache,
        _ => null,
    };
}

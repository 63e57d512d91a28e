namespace EndToEnd.Tests;

/// <summary>The launcher, in front of a program that says what it was handed.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public void Beside_the_program_stands_the_one_that_was_compiled_ahead()
    {
        Needs.That(OperatingSystem.IsLinux(), "elsewhere it may not be possible");
        Assert.True(
            File.Exists(BuiltProgram.Built("Turbulence.Cli", Path.Combine("quick", "chaos"))),
            "the launcher would start chaos in twice the time: ReadyToRun.targets could not compile one of its assemblies");
    }

    [Theory]
    [InlineData("4096", "0")]
    [InlineData("unlimited", "unset")]
    public async Task Where_files_may_not_become_large_the_program_is_started_so_that_it_needs_no_large_one(string limit, string expected)
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows has no limit of file sizes");
        var program = room.File("artifacts/bin/Turbulence.Cli/release/chaos");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        Directory.CreateDirectory(room.File("src"));
        foreach (var name in (ReadOnlySpan<string>)["global.json", "Directory.Build.props", "Directory.Packages.props"])
        {
            room.Write(name, "");
        }

        room.Write("artifacts/bin/Turbulence.Cli/release/chaos", "#!/bin/sh\necho \"${DOTNET_EnableWriteXorExecute-unset} $*\"\nexit 7\n");
        room.Write("artifacts/chaos.stamp", "");
        File.SetLastWriteTimeUtc(room.File("artifacts/chaos.stamp"), File.GetLastWriteTimeUtc(room.File("src")).AddHours(1));
        File.Copy(BuiltPrograms.Launcher, room.File("chaos"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await using var run = ChaosRun.StartProgram(
            "/bin/sh", room, "-c", $"unset DOTNET_EnableWriteXorExecute; ulimit -f {limit} && exec ./chaos a b");
        var end = await run.EndAsync();

        Assert.Equal((7, $"{expected} a b\n"), (end.ExitCode, end.Output));
    }
}

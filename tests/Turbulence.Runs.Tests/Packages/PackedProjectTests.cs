using System.Diagnostics;
using Turbulence.Faults.Proxies;
using Turbulence.Faults.Recoveries;
using Turbulence.Runs.Requests;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Runs.Tests.Packages;

public sealed class PackedProjectTests(PackedProject project) : IClassFixture<PackedProject>, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly RunRoom room = new();

    public void Dispose() => room.Dispose();

    [GateFact]
    public async Task A_program_with_the_package_that_is_killed_leaves_nothing()
    {
        var file = Precious("one");
        using var process = Start(file);
        Assert.Equal(file, await process.StandardOutput
            .ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(Deadline, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(file));
        var run = Assert.Single(new FaultRoom(room.Place).Ledger.Read().Runs);
        Assert.NotNull(run.Guardian);

        process.Kill();

        await Eventually.HoldsAsync(() => File.Exists(file) && room.IsClean && !run.IsGuardianAlive);
        Assert.Equal("one", File.ReadAllText(file));
        Assert.Empty(RunRemains.Of(run).Processes);
    }

    [GateFact]
    public async Task It_runs_two_experiments_at_once()
    {
        string[] files = [Precious("one"), Precious("two")];
        using var process = Start(files);
        List<string?> begun = [];
        foreach (var _ in files)
        {
            begun.Add(await process.StandardOutput
                .ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(Deadline, TestContext.Current.CancellationToken));
        }

        Assert.Equal(files, begun.Order());
        Assert.All(files, static file => Assert.False(File.Exists(file)));
        Assert.Equal(2, new FaultRoom(room.Place).Ledger.Read().Runs.Count);
        process.StandardInput.Close();

        Assert.Equal("passed passed", await process.StandardOutput
            .ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(Deadline, TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.All(files, static file => Assert.True(File.Exists(file)));
        Assert.True(room.IsClean);
    }

    [GateFact]
    public async Task The_program_in_the_package_serves_the_proxies_of_services()
    {
        var program = ChaosProgram.Find(static name => name == ChaosProgram.Variable
            ? null
            : Environment.GetEnvironmentVariable(name), Path.GetDirectoryName(project.Program)!);
        var proxies = new ServiceProxy[] { new("db", null, null) { Listen = $"127.0.0.1:{FreePort.Next()}", Upstream = "localhost:1" } };

        var (process, problem) = await new ProxyHost(program, TimeProvider.System).StartAsync(
            proxies, seed: 1, receipts: null, new RunEnvironment(), TestContext.Current.CancellationToken);

        Assert.True(process is not null, problem);
        Assert.Null(await process.FindLossAsync());
        Assert.Null(await process.StopAsync());
    }

    private string Precious(string name)
    {
        var file = Path.Combine(room.Folder, name);
        File.WriteAllText(file, name);
        return file;
    }

    private Process Start(params string[] files)
    {
        var start = new ProcessStartInfo(project.Program, files)
        {
            WorkingDirectory = room.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TURBULENCE_STATE"] = room.Place.StateFolder;
        return Process.Start(start)!;
    }

    // The guardian is another process: there is nothing of ours to wait for.
}

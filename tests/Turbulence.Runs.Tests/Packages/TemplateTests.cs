using Turbulence.Platform.Sockets;

namespace Turbulence.Runs.Tests.Packages;

public sealed class TemplateTests(PackedFolder packages) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    // The machine's own templates are left alone.
    private OuterProgram DotNet => OuterProgram.DotNet(folder.Path, new Dictionary<string, string>
    {
        ["DOTNET_CLI_HOME"] = folder["home"],
        ["HOME"] = folder["home"],
    });

    [GateFact]
    public async Task An_experiment_beside_a_service_can_be_run_at_once()
    {
        var port = FreePort.Next();
        var chaos = BuiltProgram.Shipped("Turbulence.Cli", "chaos");
        using var service = new OuterProgram(BuiltProgram.Shipped("RandServer", "rand-server"), folder.Path).Start($"{port}", "primary");
        try
        {
            await Eventually.HoldsAsync(() => ListeningProcess.IsListening(port));
            await DotNet.RunAsync("new", "chaos", "--url", $"http://localhost:{port}/health", "--port", $"{port}");
            var place = new OuterProgram(chaos, folder.Path, new Dictionary<string, string> { ["TURBULENCE_STATE"] = folder["state"] });
            await place.RunAsync("validate", "--strict", "chaos/experiment.yaml");

            var said = await place.RunAsync("run", "chaos/experiment.yaml");

            Assert.Contains("(process.pause", said, StringComparison.Ordinal);
            Assert.Contains("100 requests, none lost", said, StringComparison.Ordinal);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [GateFact]
    public async Task A_library_of_activities_can_be_built_and_run_whatever_its_name()
    {
        await DotNet.RunAsync("new", "chaos-extension", "--name", "my-drills.2");
        var made = folder["my-drills.2"];
        await OuterProgram.DotNet(made).RunAsync("build", "-v", "q", "-nologo", "-warnaserror");

        var chaos = new OuterProgram(BuiltProgram.Shipped("Turbulence.Cli", "chaos"), made, new Dictionary<string, string>
        {
            ["TURBULENCE_STATE"] = folder["state"],
            ["XDG_CACHE_HOME"] = folder["cache"],
        });
        await chaos.RunAsync("validate", "--strict", "experiment.yaml");
        Assert.Contains("Verdict: passed", await chaos.RunAsync("run", "experiment.yaml"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(made, "one-more")));
    }

    [GateFact]
    public async Task Tests_with_faults_in_them_are_green_whatever_their_name()
    {
        await DotNet.RunAsync("new", "chaos-tests", "--name", "my-tests.3");
        var made = OuterProgram.DotNet(folder["my-tests.3"], new Dictionary<string, string>
        {
            ["TURBULENCE_STATE"] = folder["state"],

            // Faults come into a process by its diagnostics, which these tests forbid to what they start.
            ["DOTNET_EnableDiagnostics"] = "1",
        });

        var said = await made.RunAsync("test", "--no-progress");

        Assert.Contains("succeeded: 2", said, StringComparison.Ordinal);
        Assert.True(Directory.GetFiles(folder["my-tests.3"], "report.html", SearchOption.AllDirectories).Length > 0, said);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!Share.IsAll)
        {
            return;
        }

        Directory.CreateDirectory(folder["home"]);
        await packages.BeTheSourceOfAsync(folder.Path, alone: false);
        await DotNet.RunAsync("new", "install", $"Turbulence.Templates@{PackedFolder.Version}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

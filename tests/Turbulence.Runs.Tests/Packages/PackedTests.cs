using System.Diagnostics;

namespace Turbulence.Runs.Tests.Packages;

/// <summary>
/// The sample of each test framework, outside of the solution and with the packages, and the system of the sample that they test, on ports
/// of its own.
/// </summary>
public sealed class PackedTests : IDisposable
{
    private const string Waiting =
        """
        using System.Text.Json.Nodes;
        using Turbulence.Testing;
        using Xunit;

        public sealed class WaitingTests
        {
            [Fact]
            public async Task It_waits_while_a_file_is_gone()
            {
                if (Environment.GetEnvironmentVariable("HIDE") is { } file)
                {
                    using var chaos = new ChaosTest();
                    await using var gone = await chaos.FaultAsync("file.missing", new() { ["path"] = file });
                    await using var proxies = await chaos.StartProxiesAsync();
                    var proxy = await proxies.AddAsync("nobody", "127.0.0.1:1");
                    await using var slow = await chaos.FaultAsync("network.latency", new() { ["latency"] = 5 }, through: proxy);
                    File.WriteAllText(file + ".told", "in");
                    await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
                }
            }
        }
        """;

    private readonly TemporaryFolder folder = new();

    /// <summary>Where everything is.</summary>
    internal TemporaryFolder Folder => folder;

    /// <summary>The state folder of what is run in there.</summary>
    public string State => folder["state"];

    /// <summary>The folder of temporary files of the program that <see cref="StartHost"/> starts, and of no other.</summary>
    public string Temporary => folder["temporary"];

    /// <summary>Puts the sample of a framework there, and the experiment that it runs.</summary>
    /// <param name="packages">The packages.</param>
    /// <param name="framework">Which one: the beginning of its folder's name.</param>
    /// <param name="failover">Whether the system is as it should be: <c>on</c> or <c>off</c>.</param>
    public async Task<string> MakeAsync(PackedFolder packages, string framework, string failover)
    {
        var samples = Path.Combine(BuiltProgram.Root, "samples", "testing");
        foreach (var file in Directory.EnumerateFiles(samples)
            .Concat(Directory.EnumerateFiles(Path.Combine(samples, "Shop")))
            .Concat(Directory.EnumerateFiles(Path.Combine(samples, $"{framework}.Tests"))))
        {
            folder.Write(Path.Combine("testing", Path.GetRelativePath(samples, file)), await File.ReadAllTextAsync(file));
        }

        // The frameworks come from where this machine's packages come from.
        await packages.BeTheSourceOfAsync(folder["testing"], alone: false);
        folder.Write("testing/Xunit.Tests/WaitingTests.cs", Waiting);
        WriteExperiment(failover);
        return folder[$"testing/{framework}.Tests"];
    }

    /// <summary>Puts the experiment that the tests run there, on ports of its own.</summary>
    /// <param name="failover">Whether the system is as it should be: <c>on</c> or <c>off</c>.</param>
    public void WriteExperiment(string failover) => folder.Write("random-numbers/experiment.json", Experiment(failover));

    /// <summary>Runs its tests as a user does.</summary>
    /// <returns>The exit code, and all that was said.</returns>
    /// <param name="project">The folder of its project.</param>
    public async Task<(int Code, string Said)> TestAsync(string project)
    {
        using var process = Process.Start(Start(project, "dotnet", "test", $"-p:TurbulenceVersion={PackedFolder.Version}"))!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }

    /// <summary>Starts the program that the tests were built into.</summary>
    /// <param name="project">The folder of its project.</param>
    /// <param name="hide">The file that its waiting test hides.</param>
    public Process StartHost(string project, string hide)
    {
        var start = Start(project, Path.Combine(project, "bin", "Debug", "net10.0", Path.GetFileName(project)));
        start.Environment["HIDE"] = hide;
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Temporary).FullName;
        return Process.Start(start)!;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private ProcessStartInfo Start(string project, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TURBULENCE_STATE"] = State;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment.Remove("CI");

        // What these tests say to the programs that they start.
        start.Environment.Remove("DOTNET_EnableDiagnostics");
        return start;
    }

    private static string Experiment(string failover)
    {
        var (asked, primary, secondary) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var (server, service) = (BuiltProgram.Shipped("RandServer", "rand-server"), BuiltProgram.Shipped("RequireRand", "require-rand"));
        return $$"""
            {
              "title": "Users get a number when the primary dies", "description": "require_rand asks the secondary then.",
              "extensions": [{ "name": "turbulence", "services": {
                "primary": { "run": ["{{server}}", "{{primary}}", "primary"], "ready": { "url": "http://localhost:{{primary}}/health" } },
                "secondary": { "run": ["{{server}}", "{{secondary}}", "secondary"], "ready": { "url": "http://localhost:{{secondary}}/health" } },
                "require_rand": {
                  "run": ["{{service}}", "--port", "{{asked}}", "--failover", "{{failover}}",
                          "--server", "primary=http://localhost:{{primary}}", "--server", "secondary=http://localhost:{{secondary}}"],
                  "ready": { "url": "http://localhost:{{asked}}/health" } } } }],
              "steady-state-hypothesis": { "title": "A number comes", "probes": [
                { "type": "probe", "name": "a-number-comes", "tolerance": 200,
                  "provider": { "type": "http", "url": "http://localhost:{{asked}}/index/10", "timeout": 6 } }] },
              "method": [{ "type": "action", "name": "kill-primary",
                "provider": { "type": "fault", "kind": "process.kill", "arguments": { "service": "primary" } } }]
            }
            """;
    }
}

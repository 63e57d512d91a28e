namespace Turbulence.Runs.Tests.Packages;

public sealed class ToolTests(InstalledTools tools) : IClassFixture<InstalledTools>
{
    private const string Made = "needs the packages of the tool, as .ci/run makes them";

    [Theory]
    [GateData("native")]
    [GateData("any")]
    public async Task It_runs_an_experiment_with_a_fault(string variant)
    {
        Needs.That(Directory.Exists(InstalledTools.Packages), Made);
        using var precious = new PreciousFile(tools.Command(variant), seconds: 0);

        var said = await new OuterProgram(tools.Command(variant), precious.Folder, precious.Variables).RunAsync("run", "experiment.json");

        Assert.Contains("is taken back", said, StringComparison.Ordinal);
        Assert.Contains("Verdict: passed (exit code 0)", said, StringComparison.Ordinal);
        Assert.True(File.Exists(precious.File));
        await Eventually.HoldsAsync(() => precious.IsClean);
    }

    [Theory]
    [GateData("native")]
    [GateData("any")]
    public async Task What_is_killed_while_a_fault_is_in_leaves_nothing(string variant)
    {
        Needs.That(Directory.Exists(InstalledTools.Packages), Made);
        using var precious = new PreciousFile(tools.Command(variant), seconds: 600);
        using var process = new OuterProgram(tools.Command(variant), precious.Folder, precious.Variables).Start("run", "experiment.json");
        await Eventually.HoldsAsync(() => !File.Exists(precious.File));

        process.Kill();

        await Eventually.HoldsAsync(() => File.Exists(precious.File) && precious.IsClean);
    }

    [GateFact]
    public async Task It_is_native_where_there_is_a_native_program_and_says_its_version()
    {
        Needs.That(Directory.Exists(InstalledTools.Packages), Made);
        var files = Directory.GetFiles(Path.Combine(tools.Folder("native"), "tools", ".store"), "chaos*", SearchOption.AllDirectories);

        Assert.Equal("chaos", Path.GetFileName(Assert.Single(files)));
        var version = await new OuterProgram(tools.Command("native"), tools.Folder("native")).RunAsync("--version");
        Assert.StartsWith("chaos, version ", version, StringComparison.Ordinal);
    }

    // To the SDK a Linux with musl is one with glibc, too, if there is no better one.
    [GateFact]
    public void A_Linux_with_musl_gets_the_portable_program()
    {
        Needs.That(Directory.Exists(InstalledTools.Packages), Made);
        var choices = InstalledTools.Choices();

        Assert.Equal("Turbulence.Tool.any", choices["any"]);
        Assert.Equal("Turbulence.Tool.linux-x64", choices["linux-x64"]);
        Assert.Equal("Turbulence.Tool.any", choices["linux-musl-x64"]);
        Assert.Equal("Turbulence.Tool.any", choices["linux-musl-arm64"]);
    }

    [Theory]
    [GateData("native")]
    [GateData("any")]
    public async Task It_runs_without_being_installed(string variant)
    {
        Needs.That(Directory.Exists(InstalledTools.Packages), Made);
        using var precious = new PreciousFile(tools.Command(variant), seconds: 0);
        File.Copy(Path.Combine(tools.Folder(variant), "nuget.config"), Path.Combine(precious.Folder, "nuget.config"));
        Directory.CreateSymbolicLink(Path.Combine(precious.Folder, "feed"), Path.Combine(tools.Folder(variant), "feed"));
        var variables = tools.Variables.Concat(precious.Variables).ToDictionary();
        variables["NUGET_PACKAGES"] = Path.Combine(precious.Folder, "packages");

        var said = await OuterProgram.DotNet(precious.Folder, variables)
            .RunAsync("tool", "exec", "Turbulence.Tool", "--yes", "--prerelease", "--", "run", "experiment.json");

        Assert.Contains("Verdict: passed (exit code 0)", said, StringComparison.Ordinal);
        Assert.True(File.Exists(precious.File));
    }
}

namespace Turbulence.Runs.Tests.Packages;

public sealed class TestFrameworkTests(PackedFolder packages)
{
    [Theory]
    [GateData("Xunit")]
    [GateData("NUnit")]
    [GateData("MSTest")]
    [GateData("TUnit")]
    public async Task The_sample_of_a_framework_passes_with_the_packages_alone_and_its_results_have_journal_and_report(string framework)
    {
        using var tests = new PackedTests();
        var project = await tests.MakeAsync(packages, framework, failover: "on");

        var (code, said) = await tests.TestAsync(project);

        Assert.True(code == 0, said);
        Assert.Contains("failed: 0", said, StringComparison.Ordinal);
        Assert.Contains("report.html", said, StringComparison.Ordinal);
        Assert.Contains("journal.json", said, StringComparison.Ordinal);
        AssertClean(tests);
    }

    [GateFact]
    public async Task Without_the_failover_the_test_says_why_it_is_red_and_a_test_host_that_is_killed_leaves_nothing()
    {
        using var tests = new PackedTests();
        var project = await tests.MakeAsync(packages, "Xunit", failover: "off");

        var (code, said) = await tests.TestAsync(project);

        Assert.Equal(2, code);
        Assert.Contains("Users get a number when the primary dies: deviated", said, StringComparison.Ordinal);
        Assert.Contains("why:       after the method: probe 'a-number-comes'", said, StringComparison.Ordinal);
        Assert.Contains("done:      process.kill of primary for ", said, StringComparison.Ordinal);
        Assert.Contains("as it was: yes: each fault was seen to be taken back", said, StringComparison.Ordinal);
        Assert.Contains("again:     TURBULENCE_SEED=", said, StringComparison.Ordinal);
        AssertClean(tests);
        await AssertKilledHostLeavesNothingAsync(tests, project);
    }

    // Of the program that was built just now: building one takes most of the time.
    private static async Task AssertKilledHostLeavesNothingAsync(PackedTests tests, string project)
    {
        var file = tests.Folder.Write("precious", "content");
        tests.WriteExperiment(failover: "on");
        using var host = tests.StartHost(project, file);
        await Eventually.HoldsAsync(() => File.Exists($"{file}.told") || host.HasExited);
        Assert.False(host.HasExited);
        Assert.False(File.Exists(file));
        Assert.NotEmpty(Tokens(tests));

        host.Kill();

        await Eventually.HoldsAsync(() => File.Exists(file));
        await Eventually.HoldsAsync(() => IsClean(tests));
        await Eventually.HoldsAsync(() => Tokens(tests).Length == 0);
        Assert.Equal("content", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static string[] Tokens(PackedTests tests) => Directory.GetFiles(tests.Temporary, "turbulence-*.token");

    private static bool IsClean(PackedTests tests) => !Directory.Exists(tests.State)
        || !Directory.EnumerateFiles(tests.State, "*.json", SearchOption.AllDirectories).Any();

    private static void AssertClean(PackedTests tests) => Assert.True(IsClean(tests), "the ledger is not empty");
}

using Turbulence.Activities;
using Turbulence.Events;
using Turbulence.Experiments;

namespace Turbulence.Tests.Running;

/// <summary>What an earlier run has left beside a journal says nothing of the run that the journal is of now.</summary>
public sealed class EarlierRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Receipts => folder["journal.json.d/proxy-receipts.jsonl"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Its_receipts_are_gone_when_a_run_without_proxies_begins()
    {
        Directory.CreateDirectory(folder["journal.json.d"]);
        File.WriteAllText(Receipts, "{}\n");
        var wereThere = true;
        var run = Run();
        run.Provider.OnCall("look", (_, _) =>
        {
            wereThere = Directory.Exists(folder["journal.json.d"]);
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        await run.RunAsync();
        Assert.False(wereThere);
        Assert.Empty(run.Events.OfType<Notice>());
    }

    [Fact]
    public async Task What_cannot_be_removed_is_told()
    {
        Directory.CreateDirectory(Receipts);
        var run = Run();
        await run.RunAsync();
        Assert.StartsWith(
            "journal.json.d/proxy-receipts.jsonl is none of this run, and cannot be removed: ",
            Assert.Single(run.Events.OfType<Notice>()).Text,
            StringComparison.Ordinal);
    }

    private TestRun Run() => new TestRun { SideFiles = new SideFiles(folder["journal.json.d"]) }.Action("look");
}

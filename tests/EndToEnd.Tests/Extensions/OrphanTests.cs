using System.Globalization;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests.Extensions;

/// <summary>A worker never outlives the program that started it, whatever somebody's code has made of its streams.</summary>
public sealed class OrphanTests : IDisposable
{
    private readonly Room room = new();

    public OrphanTests() => File.Copy(Path.Combine(AppContext.BaseDirectory, "Extensions", "mishaps.py"), room.File("mishaps.py"));

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData("python", "hang", """{ "file": "begun" }""")]
    [InlineData("python", "hide_input", """{ "file": "begun" }""")]
    [InlineData("dotnet", "HangAfter", """{ "file": "begun" }""")]
    public async Task It_ends_when_the_runner_is_killed(string language, string call, string arguments)
    {
        Needs.Language(language);
        room.Write("e.json", new Mishap(language, call, arguments).Experiment());
        await using var run = ChaosRun.Start(room, "run", "e.json");
        await run.UntilAsync(() => File.Exists(room.File("begun")));
        var worker = int.Parse(File.ReadAllText(room.File("begun")), CultureInfo.InvariantCulture);
        Assert.True(ProcessHandle.TryOpen(ProcessTable.Find(worker)!.Identity, out var handle, out _));

        run.Signal(PosixSignalNumber.Kill);

        using (handle)
        {
            await handle
                .WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(ChaosRun.Deadline, TestContext.Current.CancellationToken);
        }

        Assert.Equal(-9, (await run.EndAsync()).ExitCode);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>Carries out one step of a fault in another process, which knows nothing but the record.</summary>
internal static class OtherProcess
{
    private const int StepFailed = 3;

    /// <summary>The command line that starts this program again.</summary>
    public static string[] Self { get; } = [Environment.ProcessPath!];

    /// <summary>
    /// The other process: <c>inject</c>, <c>die</c> (inject, and die by SIGKILL before anything more is written down), <c>revert</c> or
    /// <c>check</c>.
    /// </summary>
    public static async Task<int> RunAsync(string step)
    {
        var record = RecordText.Read(await Console.In.ReadToEndAsync());
        Assert.True(BuiltInKinds.All.TryGet(record.Kind, out var kind));
        var tools = new FaultTools(TimeProvider.System, Self, _ => ValueTask.CompletedTask);
        string? problem;
        switch (step)
        {
            case "inject":
                problem = (await kind.InjectAsync(record, tools, default)).Problem;
                break;
            case "die":
                problem = (await kind.InjectAsync(record, tools, default)).Problem;
                Console.Out.Write("injected");
                Assert.True(ProcessHandle.TryOpen(Environment.ProcessId, out var self, out _));
                self.Signal(PosixSignalNumber.Kill);
                break;
            case "starved":
                // Once before, so that every part of the program is in memory by then.
                await kind.CheckAsync(record, tools, default);
                return await StarvedAsync(kind, record, tools);
            case "revert":
                problem = (await kind.RevertAsync(record, tools, default)).Problem;
                break;
            default:
                var evidence = await kind.CheckAsync(record, tools, default);
                Console.Out.Write(evidence.Text);
                return evidence.Seen ? 0 : StepFailed;
        }

        Console.Out.Write(problem);
        return problem is null ? 0 : StepFailed;
    }

    /// <summary>Starts the other process, and waits for its end.</summary>
    public static async Task<ProcessOutput> CarryOutAsync(string step, FaultRecord record, CancellationToken cancellationToken)
    {
        Assert.True(ChildProcess.TryStart(
            new ProcessStartOptions
            {
                FileName = step == "starved" ? "/bin/sh" : Self[0],
                Arguments = step == "starved" ? ["-c", "ulimit -n 256; exec \"$0\" fault starved", Self[0]] : ["fault", step],
                StandardInput = ChildInput.Bytes(Encoding.UTF8.GetBytes(RecordText.Write(record))),
                StandardOutput = ChildOutput.Capture(100_000),
                StandardError = ChildOutput.Capture(100_000),
            },
            out var process,
            out var failure),
            failure?.Message);
        await using (process)
        {
            return await process.ReadOutputAsync(TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>
    /// Takes the fault back and looks, with not one descriptor left, as whoever calls kinds does: what they throw is said.
    /// </summary>
    private static async Task<int> StarvedAsync(IFaultKind kind, FaultRecord record, FaultTools tools)
    {
        List<string> said = [];
        List<SafeFileHandle> all = [];
        try
        {
            while (true)
            {
                all.Add(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            said.Add("starved");
        }

        foreach (var look in (Func<Task<string?>>[])[
            async () => (await kind.RevertAsync(record, tools, default)).Problem ?? "reverted",
            async () => await kind.CheckAsync(record, tools, default) is { Seen: true } ? "seen" : "not seen"])
        {
            try
            {
                said.Add((await look())!);
            }
            catch (IOException failure)
            {
                said.Add(failure.Message);
            }
        }

        all.ForEach(file => file.Dispose());
        Console.Out.Write(string.Join('|', said));
        return 0;
    }

    /// <summary>What an inject that saves would have written down.</summary>
    public static JsonObject Copy(JsonObject undo) => undo.DeepClone().AsObject();
}

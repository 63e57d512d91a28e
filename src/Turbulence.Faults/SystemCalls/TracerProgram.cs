using System.Globalization;
using System.Text;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.SystemCalls;

/// <summary>
/// The hidden verb <c>syscalls</c>: this program as the child process that a fault in system calls lives in. It keeps <c>strace</c>:
/// <code>
///   runner ─▶ chaos syscalls keep ─▶ chaos syscalls become ─▶ execve: strace ─▶ the target's threads
///      └ ends ─▶ it ends strace       └ dies ─▶ the system ends strace ─▶ the system lets the target go
/// </code>
/// It reads what strace prints from a pipe, so that nothing of it comes to a disk, and counts it in a file in its memory. It ends with the
/// runner, whoever else still lives, and a little after the fault's duration; where strace ends before, it stays to say so.
/// It also lets go of a target that somebody kills.
/// </summary>
public static class TracerProgram
{
    /// <summary>The verb, as the first argument of the program.</summary>
    public const string Verb = "syscalls";

    /// <summary>What the child is asked for that keeps strace.</summary>
    internal const string Keep = "keep";

    /// <summary>Whatever is asked for, no fault in system calls lasts longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const string Become = "become";
    private const int MostComplaint = 64 << 10;
    private const int Failed = 1;
    private static readonly TimeSpan AttachPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether the arguments of the program are those of such a child; what a person types by mistake is not.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments) => arguments is [Verb, Keep or Become, _, _, ..];

    /// <summary>Runs the child to its end. To be called on the program's first thread.</summary>
    /// <param name="arguments">The arguments after the verb.</param>
    /// <returns>The exit code: 0 when its time was over, 1 when strace could not be used.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments[0] == Become)
        {
            return Trace(int.Parse(arguments[1], CultureInfo.InvariantCulture), arguments[2], [.. arguments.Skip(3)]);
        }

        // Which comes when the child's id is on disk. The runner has died where it does not.
        if (Console.In.ReadLine() is null)
        {
            return 0;
        }

        var order = TracerOrder.Of(arguments.Skip(1));
        using var counts = MemoryFile.Make(CallCounts.Name, default(CallCounts).Text);
        var start = new ProcessStartOptions
        {
            FileName = order.Self[0],
            Arguments =
            [
                .. order.Self.Skip(1),
                Verb,
                Become,
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                order.Program,
                .. order.Options,
            ],
            WorkingDirectory = "/",
            NameBeforeExec = FaultMark.NameBeforeExec(Environment.GetEnvironmentVariable(FaultMark.Variable) ?? ""),
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Capture(MostComplaint),
        };

        // On this very thread: what is started dies with the thread that has started it, and this one is the last to go.
        if (!ChildProcess.TryStart(start, out var strace, out var failure))
        {
            Say($"strace could not be started: {failure.Message}");
            return Failed;
        }

        return KeepAsync(order, strace, counts).GetAwaiter().GetResult();
    }

    private static int Trace(int parent, string file, IReadOnlyList<string> options)
    {
        if (!ParentDeath.SendUs(PosixSignalNumber.Kill) || ProcessTable.Find(Environment.ProcessId)?.ParentId != parent)
        {
            return Failed;
        }

        Console.Error.WriteLine(OwnProcess.Become(file, options).Message);
        return Failed;
    }

    private static async Task<int> KeepAsync(TracerOrder order, ChildProcess strace, MemoryFile counts)
    {
        await using (strace)
        {
            using var over = new CancellationTokenSource(order.Lease, TimeProvider.System);
            var runner = WaitForRunnerAsync(order.Runner, over);
            var reading = CountAsync(strace, counts);
            if (await AttachAsync(order, strace, reading, over.Token) is { } problem)
            {
                Say(problem);
                return Failed;
            }

            Say(FaultChild.Ready);
            await LetDieAsync(order, strace, runner);
            return 0;
        }
    }

    // Who is killed while a call of his waits stays in strace's hands until the wait is over, which may be long.
    private static async Task LetDieAsync(TracerOrder order, ChildProcess strace, Task runner)
    {
        while (!runner.IsCompleted)
        {
            if (order.Targets.Any(target => TracedThreads.IsDying(target, strace.Id)))
            {
                strace.Signal(PosixSignalNumber.Kill);
            }

            await Task.WhenAny(runner, Task.Delay(Beat, TimeProvider.System));
        }
    }

    private static async Task WaitForRunnerAsync(ProcessIdentity runner, CancellationTokenSource over)
    {
        try
        {
            if (runner.Id == 0)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over.Token);
            }
            else if (ProcessHandle.TryOpen(runner, out var handle, out var failure))
            {
                using (handle)
                {
                    await handle.WaitForExitAsync(over.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The fault's time is over.
        }

        await over.CancelAsync();
    }

    private static async Task CountAsync(ChildProcess strace, MemoryFile counts)
    {
        var output = new CallOutput();
        var buffer = new byte[64 << 10];
        try
        {
            while (await strace.StandardOutput.ReadAsync(buffer) is var count and > 0)
            {
                output.Take(buffer.AsSpan(0, count));
                counts.Write(new CallCounts(output.Begun, output.Marked, "").Text);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            return;
        }

        var end = await strace.ReadOutputAsync(TimeProvider.System);
        var said = StraceProgram.Complaint(end.StandardError.Text());
        counts.Write(new CallCounts(output.Begun, output.Marked, said ?? $"it {end.Status.AsVerb()}").Text);
    }

    /// <summary>Waits until every thread of the targets is traced; what is to be said where that does not come.</summary>
    private static async Task<string?> AttachAsync(TracerOrder order, ChildProcess strace, Task reading, CancellationToken over)
    {
        var (traced, threads) = (0, 0);
        bool IsAttached()
        {
            (traced, threads) = (0, 0);
            foreach (var target in order.Targets)
            {
                var (some, all) = TracedThreads.Count(target, strace.Id);
                (traced, threads) = (traced + some, threads + all);
            }

            return threads > 0 && traced == threads;
        }

        try
        {
            using var limit = new CancellationTokenSource(AttachPatience, TimeProvider.System);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, over);
            while (!IsAttached())
            {
                if (reading.IsCompleted)
                {
                    var output = await strace.ReadOutputAsync(TimeProvider.System, both.Token);
                    return StraceProgram.Complaint(output.StandardError.Text()) ?? "strace ended before it had the target";
                }

                await Task.Delay(Gap, TimeProvider.System, both.Token);
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"strace has attached to {traced} of {threads} threads within {AttachPatience.TotalSeconds} s, and was ended");
        }
    }

    private static void Say(string line)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n"));
        }
        catch (IOException)
        {
            // Nobody listens any more; whoever takes the fault back looks at the system itself.
        }
    }
}

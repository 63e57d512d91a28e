using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// The hidden command <c>guard RUN</c>: the guardian's whole life. A runner starts it, writes its heartbeat to its standard input, and waits for one byte on its
/// standard output. It needs little memory, since it waits beside what may use up all of it.
/// </summary>
public static class GuardCommand
{
    private const int Done = 0;
    private const int Outstanding = 5;
    private const int Wrong = 64;

    /// <summary>Whether the arguments of the program are those of a guardian.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments, [NotNullWhen(true)] out string? run)
    {
        run = arguments is [GuardianPost.Verb, var name] ? name : null;
        return run is not null;
    }

    /// <summary>Guards the run until its end.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="run">The run's id.</param>
    /// <param name="kinds">The kinds of faults.</param>
    /// <param name="self">The command line that starts this program again.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The exit code: 0 when nothing is left, 5 when a person has to look.</returns>
    public static async Task<int> RunAsync(Ledger ledger, string run, FaultKinds kinds, IReadOnlyList<string> self, TimeProvider time)
    {
        if (ledger.FindRun(run) is not { } record)
        {
            await Console.Error.WriteLineAsync($"chaos: there is no run '{run}' to guard; a run starts its guardian itself");
            return Wrong;
        }

        // It ends with its run and not before: who wants it to end takes the run's faults back.
        using var interrupt = Ignore(PosixSignal.SIGINT);
        using var terminate = Ignore(PosixSignal.SIGTERM);
        using var hangup = Ignore(PosixSignal.SIGHUP);
        using var quit = Ignore(PosixSignal.SIGQUIT);
        try
        {
            await using (var ready = Console.OpenStandardOutput())
            {
                await ready.WriteAsync(new[] { Heartbeat.Beat });
            }

            await using var beats = Console.OpenStandardInput();
            var watch = new RunnerWatch(beats, record.Runner, () => RunnerPulse.Take(record.Runner), time);
            if (await watch.WaitAsync() is not { } lost)
            {
                return Done;
            }

            var faults = await new Guardian(ledger, kinds, self, time).TakeOverAsync(record, lost);
            return faults.All(fault => fault.State == FaultState.Confirmed) ? Done : Outstanding;
        }
#pragma warning disable CA1031 // The last place before the runtime would abort with a text that nobody sees.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            GuardianLog.Write(ledger.Folder, time, $"the guardian of the run '{record.Title}' failed: {mistake}");
            return Outstanding;
        }
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, static context => context.Cancel = true);
}

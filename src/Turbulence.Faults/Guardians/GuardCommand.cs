using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// The hidden command <c>guard RUN</c>: the guardian's whole life. A runner starts it, tells it on its standard input that it lives and how
/// the run's faults stand, and hears on its standard output that it is there (<see cref="PipeFrame"/>). It asks no disk for what it needs.
/// It needs little memory, since it waits beside what may use up all of it.
/// </summary>
public static class GuardCommand
{
    private const int Done = 0;
    private const int Outstanding = 5;
    private const int Wrong = 64;

    /// <summary>Whether the arguments of the program are those of a guardian.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments, [NotNullWhen(true)] out string? run)
    {
        run = arguments is [GuardianVerb.Name, var name] ? name : null;
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
        // It ends with its run and not before: who wants it to end takes the run's faults back.
        using var interrupt = Ignore(PosixSignal.SIGINT);
        using var terminate = Ignore(PosixSignal.SIGTERM);
        using var hangup = Ignore(PosixSignal.SIGHUP);
        using var quit = Ignore(PosixSignal.SIGQUIT);
        var log = new GuardianLog(ledger.Folder, time);
        try
        {
            // One that somebody stopped is woken up by the runner's death, and sees it.
            ParentDeath.SendUs(PosixSignalNumber.Continue);
            await using var output = Console.OpenStandardOutput();
            await using var input = Console.OpenStandardInput();
            return await GuardAsync(
                run, new PipeFrames(input), new GuardianVoice(output), new Guardian(ledger, kinds, self, time, log), time);
        }
#pragma warning disable CA1031 // The last place before the runtime would abort with a text that nobody sees.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            log.Write($"the guardian of the run '{run}' failed: {mistake}");
            return Outstanding;
        }
    }

    private static async Task<int> GuardAsync(
        string run, PipeFrames frames, GuardianVoice voice, Guardian guardian, TimeProvider time)
    {
        var guarded = new GuardedRun();
        var isLost = false;
        voice.Begin();
        while (guarded.Record is null)
        {
            if (await frames.NextAsync() is not { } first)
            {
                await Console.Error.WriteLineAsync(
                    $"chaos: nobody says what there is to guard of a run '{run}'; a run starts its guardian itself");
                return Wrong;
            }

            Take(first);
        }

        var runner = guarded.Record.Runner.Process;
        var watch = new PeerWatch(frames, "the runner", runner, () => PeerPulse.Take(runner), Take, time)
        {
            Matters = () => !isLost && guarded.HasOutstanding,
        };
        if (await watch.WaitAsync() is not { } lost)
        {
            return Done;
        }

        isLost = true;
        voice.Say(new PipeFrame(PipeFrame.Loss, Encoding.UTF8.GetBytes(Guardian.LossOf(lost.Text))));
        var faults = await guardian.TakeOverAsync(guarded, lost);
        if (faults.Any(fault => fault.State != FaultState.Confirmed))
        {
            return Outstanding;
        }

        // One that was only silent may wake up and end in order what it has started, or be killed before it does.
        if (!lost.IsEnd && await watch.WaitAsync() is not null)
        {
            await guardian.EndRemainsAsync(guarded, faults);
        }

        return Done;

        void Take(PipeFrame frame)
        {
            guarded.Take(frame);
            if (!isLost)
            {
                voice.Say(PipeFrame.Of(PipeFrame.Answer, guarded.Count));
            }
        }
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, static context => context.Cancel = true);
}

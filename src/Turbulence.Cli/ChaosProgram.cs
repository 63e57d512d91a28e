using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Terminal;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Stress;
using Turbulence.Faults.SystemCalls;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli;

/// <summary>The whole program: the command, or what the command starts of itself.</summary>
internal static class ChaosProgram
{
    // How long the end of the program waits for an output that nobody reads.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // What a terminal shows of both is to come in its order. Of two pipes, nobody is to wait for the reader of the other one.
    private static bool IsOnePlace =>
        ProcessTable.OpenFile(Environment.ProcessId, 1) == ProcessTable.OpenFile(Environment.ProcessId, 2);

    /// <summary>Runs it.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="kinds">The kinds of faults.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, FaultKinds kinds)
    {
        OwnProcess.Settle();

        // Before anything of the console is made: a guardian has to fit beside what uses up all memory.
        if (GuardCommand.IsAsked(args, out var run))
        {
            return await GuardCommand.RunAsync(new Ledger(StateFolder.Find()), run, kinds, SelfCommand.Find(), TimeProvider.System);
        }

        if (StressProgram.IsAsked(args))
        {
            return StressProgram.Run(args[1..]);
        }

        if (TracerProgram.IsAsked(args))
        {
            return TracerProgram.Run(args[1..]);
        }

        GrowingFile.CoverConsole();
        await using var error = new PatientWriter(
            Console.Error, TimeProvider.System, Patience, AtOnce(ImmediateOutput.OfError()));
        await using var lines = IsOnePlace
            ? error.Beside(Console.Out, AtOnce(ImmediateOutput.OfOutput()))
            : new PatientWriter(Console.Out, TimeProvider.System, Patience, AtOnce(ImmediateOutput.OfOutput()));
        return await ChaosCommand.InvokeAsync(args, new Surroundings(
            Console.Out, error, LiveTerminal.IsAvailable(Console.IsErrorRedirected), TimeProvider.System)
        {
            Lines = lines,
            AreLinesOnTerminal = LiveTerminal.IsAvailable(Console.IsOutputRedirected),
            Kinds = kinds,

            // Nothing in this program changes it.
            Environment = ProcessEnvironment.OfProcess,
            Ask = QuestionTerminal.IsAvailable() ? () => QuestionTerminal.Open(error) : null,
        });
    }

    private static Func<byte[], bool>? AtOnce(ImmediateOutput? output) => output is null ? null : bytes => output.TryWrite(bytes);
}

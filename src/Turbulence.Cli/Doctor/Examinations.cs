using System.Runtime.CompilerServices;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Doctor;

/// <summary>Everything that <c>chaos doctor</c> looks at, in the order in which it is told.</summary>
internal static class Examinations
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>All of them.</summary>
    /// <param name="around">Where the command stands.</param>
    /// <param name="settingsPath">The settings file.</param>
    public static IReadOnlyList<IExamination> All(Surroundings around, string settingsPath) =>
    [
        new ProgramExamination(),
        new StateExamination(around.Place),
        new LeftoversExamination(around.Place),
        new GuardianExamination(around.Place),
        new FaultsExamination(around.Kinds),
        new LanguageExamination(around.Place, isPython: true),
        new LanguageExamination(around.Place, isPython: false),
        new PortsExamination(),
        new ClockExamination(around.Time),
        new TerminalExamination(around),
        new TelemetryExamination(around),
        new ContainerExamination(),
        new SettingsExamination(settingsPath),
    ];

    /// <summary>Looks at one after the other. What cannot be looked at is broken, and no exception.</summary>
    /// <param name="all">The examinations.</param>
    /// <param name="time">Measures how long each may take.</param>
    /// <param name="stop">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async IAsyncEnumerable<Finding> LookAsync(
        IEnumerable<IExamination> all, TimeProvider time, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var examination in all)
        {
            foreach (var finding in await LookAsync(examination, time, stop))
            {
                yield return finding;
            }
        }
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(IExamination examination, TimeProvider time, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            return await examination.LookAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return [Finding.Broken(examination.Subject, $"there was no answer within {Patience.TotalSeconds:0} s")];
        }
#pragma warning disable CA1031 // One thing that cannot be looked at must not hide the others, whatever the reason.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return [Finding.Broken(examination.Subject, $"it could not be looked at: {failure.Message.TrimEnd('.')}")];
        }
    }
}

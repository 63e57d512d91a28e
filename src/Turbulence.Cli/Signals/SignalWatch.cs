using System.Runtime.InteropServices;
using Turbulence.Cli.Lines;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Signals;

/// <summary>
/// Turns the signals of the system into requests to stop a run; none of them ends the process any more. .NET registers
/// nothing of its own for SIGTERM and SIGHUP, and its default for the others is to die at once, without rollbacks.
/// </summary>
internal sealed class SignalWatch : IDisposable
{
    private const int GracefulExit = 20;
    private const int UngracefulExit = 30;

    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action<Interruption> request;

    /// <summary>Watches from now on.</summary>
    /// <param name="request">Told of each signal, the second and third ones as well, on a thread of the pool.</param>
    public SignalWatch(Action<Interruption> request)
    {
        this.request = request;
        Watch(PosixSignal.SIGINT, new Interruption(InterruptionCause.Keyboard, $"SIGINT{InterruptionLines.SignalReceived}"));
        Watch(PosixSignal.SIGTERM, Termination("SIGTERM"));
        Watch(PosixSignal.SIGHUP, Termination("SIGHUP"));
        Watch(PosixSignal.SIGQUIT, Termination("SIGQUIT"));
        if (OperatingSystem.IsLinux())
        {
            WatchExits(user1: 10, user2: 12);
        }
        else if (OperatingSystem.IsMacOS())
        {
            WatchExits(user1: 30, user2: 31);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(static registration => registration.Dispose());

    private static Interruption Termination(string signal) =>
        new(InterruptionCause.Termination, $"{signal}{InterruptionLines.SignalReceived}");

    private void WatchExits(int user1, int user2)
    {
        Watch((PosixSignal)user1, new Interruption(InterruptionCause.ExitSignal, $"Received the exit signal: {GracefulExit}"));
        Watch((PosixSignal)user2, new Interruption(
            InterruptionCause.ExitSignal, $"Received the exit signal: {UngracefulExit}", KeepFaults: true));
    }

    private void Watch(PosixSignal signal, Interruption interruption) => registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        request(interruption);
    }));
}

using System.Collections;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Keeps one guardian alive for a run: starts it before the first fault, another one when it has died or was stopped, and lets it go at the end.
/// </summary>
/// <param name="ledger">The ledger; its folder is prepared.</param>
/// <param name="run">The run; it stands in the ledger.</param>
/// <param name="self">The command line that starts this program again.</param>
/// <param name="time">Measures how long a guardian takes to start.</param>
public sealed class GuardianPost(Ledger ledger, RunRecord run, IReadOnlyList<string> self, TimeProvider time) : IGuardianPost
{
    /// <summary>The hidden verb.</summary>
    public const string Verb = "guard";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1);
    private ChildProcess? guardian;
    private Heartbeat? heartbeat;

    /// <summary>The guardian; null while there is none.</summary>
    public ProcessIdentity? Guardian => guardian?.Identity;

    /// <inheritdoc/>
    public async ValueTask<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsOnWatch())
        {
            return null;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (IsOnWatch())
            {
                return null;
            }

            await DismissAsync();
            return await StartAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Tells the guardian that the run has come to its end, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        if (guardian is not null)
        {
            heartbeat!.EndInOrder();
            await Task.WhenAny(guardian.Exited, Task.Delay(EndPatience, time));
            await DismissAsync();
        }

        gate.Dispose();
    }

    // A guardian that somebody stopped is as good as none.
    private bool IsOnWatch() =>
        guardian is { Exited.IsCompleted: false } && ProcessTable.Find(guardian.Id) is { IsAlive: true, State: not ('T' or 't') };

    private async Task<string?> StartAsync(CancellationToken cancellationToken)
    {
        var options = new ProcessStartOptions
        {
            FileName = self[0],
            Arguments = [.. self.Skip(1), Verb, run.Id],
            WorkingDirectory = Path.GetPathRoot(ledger.Folder),
            Environment = Variables(),
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
        };
        if (!ChildProcess.TryStart(options, out var started, out var failure))
        {
            return failure.Message;
        }

        var beating = new Heartbeat(started.StandardInput);
        if (await SayReadyAsync(started, cancellationToken))
        {
            (guardian, heartbeat) = (started, beating);
            ledger.SaveRun(run with { Guardian = started.Identity });
            return null;
        }

        beating.Dispose();
        await started.DisposeAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return $"'{string.Join(' ', self)} {Verb}' did not get ready";
    }

    private async Task<bool> SayReadyAsync(ChildProcess started, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(StartPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await started.StandardOutput.ReadAsync(new byte[1], either.Token) == 1;
        }
        catch (Exception silence) when (silence is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private async Task DismissAsync()
    {
        if (guardian is { } leaving)
        {
            guardian = null;
            if (!leaving.Exited.IsCompleted)
            {
                // Killed before its pipe ends, or a stopped one would wake up and believe that we died.
                leaving.Signal(PosixSignalNumber.Kill);
                await leaving.Exited;
            }

            heartbeat!.Dispose();
            await leaving.DisposeAsync();
        }
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        variables[StateFolder.Variable] = ledger.Folder;
        return variables;
    }
}

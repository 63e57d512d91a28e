using System.Globalization;
using Turbulence.Activities.Processes;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Notifications;

/// <summary>
/// <c>process</c>, which is ours: a program is started for each event and reads the envelope from its standard input. What it writes is
/// not kept. Exit code 0 says that it got there.
/// </summary>
/// <param name="run">The program and its arguments; not empty. A relative program is looked for from the current folder, then from that of
/// the settings.</param>
/// <param name="folder">The settings' folder.</param>
/// <param name="events">What it wants to hear of.</param>
/// <param name="time">Measures the limit.</param>
internal sealed class ProcessChannel(IReadOnlyList<string> run, string folder, EventFilter events, TimeProvider time) : INotificationChannel
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the program may take. Default: 5 s.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the payload is handed over; otherwise it is <c>null</c> in the envelope. Default: true.</summary>
    public bool ForwardsPayload { get; init; } = true;

    // Arguments may hold what nobody should read.
    /// <inheritdoc/>
    public string Description => $"process {run[0]}";

    /// <inheritdoc/>
    public bool Wants(string name) => events.Wants(name);

    /// <inheritdoc/>
    public async Task<string?> SendAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (new ProgramSearch(folder, new RunEnvironment()).Find(run[0]) is not { } program)
        {
            return "there is no such program";
        }

        var start = new ProcessStartOptions
        {
            FileName = program,
            Arguments = [.. run.Skip(1)],
            StandardInput = ChildInput.Bytes(ForwardsPayload ? envelope.Json : envelope.Bare),
        };
        if (!ChildProcess.TryStart(start, out var process, out var failure))
        {
            return failure.Message;
        }

        await using (process)
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                var status = await process.WaitForExitAsync(either.Token);
                return status.IsSuccess ? null : $"the program {status.AsVerb()}";
            }
            catch (OperationCanceledException)
            {
                await process.TerminateGroupAsync(Grace, time);
                cancellationToken.ThrowIfCancellationRequested();
                return string.Create(CultureInfo.InvariantCulture, $"the program did not end within {Limit.TotalSeconds} s");
            }
        }
    }
}

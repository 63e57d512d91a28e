using Turbulence.Platform.Processes;

namespace Turbulence.Services;

/// <summary>
/// <c>ready.command</c>: ready when a program ends with exit code 0. It starts as the service does, with its environment and in its folder,
/// is asked again and again, and ended with all of its group when it takes longer than <see cref="Patience"/>, when the run is stopped, and
/// when it has left something running.
/// </summary>
/// <param name="Command">The program and its arguments.</param>
public sealed record CommandReadiness(IReadOnlyList<string> Command) : ReadyCondition
{
    /// <summary>The key of <c>ready</c>.</summary>
    internal const string Key = "command";

    private const int MostOutput = 2 * 1024;

    /// <summary>How long the program may take.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override string Words => $"'{Line}' ends with exit code 0";

    internal override string Lack => $"'{Line}' has not ended with exit code 0";

    internal override string NoAnswer => "it goes on";

    internal override TimeSpan Gap => TimeSpan.FromMilliseconds(100);

    private string Line => string.Join(' ', Command);

    internal override async Task<string?> AskAsync(
        ServiceReadiness readiness, SupervisedService? service, CancellationToken cancellationToken)
    {
        if (service is null)
        {
            return "there is no service of this run to ask for";
        }

        if (!service.Launch.TryMake(Command, out var start, out var problem))
        {
            return problem;
        }

        start = start with { StandardOutput = ChildOutput.Capture(MostOutput), StandardError = ChildOutput.Capture(MostOutput) };
        if (!ChildProcess.TryStart(start, out var process, out var failure))
        {
            return failure.Message;
        }

        await using (process)
        {
            using var limit = readiness.Limit(cancellationToken, Patience);
            try
            {
                var output = await process.ReadOutputAsync(readiness.Time, limit.Token);
                return output.Status.IsSuccess
                    ? null
                    : $"it {output.Status.AsVerb()}{LastLine(output.StandardError) ?? LastLine(output.StandardOutput)}";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return $"it does not end within {Patience.TotalSeconds} s";
            }
            finally
            {
                process.SignalGroup(PosixSignalNumber.Kill);
            }
        }
    }

    // Only whole lines: half of one may be half of a secret, which no mask would find.
    private static string? LastLine(CapturedOutput output)
    {
        var lines = output.Text().Split('\n').SkipLast(output.Truncated ? 1 : 0);
        return lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } last ? $": {last.Trim()}" : null;
    }
}

using System.Net.Sockets;
using Turbulence.Cli.CommandLine;
using Turbulence.Platform.Processes;
using Turbulence.Telemetry.Settings;

namespace Turbulence.Cli.Doctor;

/// <summary>What the variables of OpenTelemetry ask for, and whether somebody is there to take it.</summary>
/// <param name="around">Where the command stands.</param>
internal sealed class TelemetryExamination(Surroundings around) : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Subject => "telemetry";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        var settings = TelemetrySettings.Read(around.Environment ?? ProcessEnvironment.OfProcess);
        List<Finding> found = [.. settings.Problems.Select(problem => Finding.Missing(Subject, problem))];
        var targets = new[] { settings.Traces, settings.Metrics, settings.Logs }
            .OfType<OtlpTarget>()
            .DistinctBy(static target => target.Endpoint.Authority);
        foreach (var target in targets)
        {
            found.Add(await ReachAsync(target, stop) is { } silence
                ? Finding.Missing(
                    Subject, $"nobody takes it at {target.Shown}: {silence}; start a collector there, or unset OTEL_EXPORTER_OTLP_ENDPOINT")
                : Finding.Ok(Subject, $"somebody listens at {target.Shown}"));
        }

        return found.Count > 0 ? found : [Finding.Ok(Subject, "none is sent; OTEL_EXPORTER_OTLP_ENDPOINT says where it would go")];
    }

    private async Task<string?> ReachAsync(OtlpTarget target, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Patience, around.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(target.Endpoint.DnsSafeHost, target.Endpoint.Port, either.Token);
            return null;
        }
        catch (SocketException failure)
        {
            return failure.Message.TrimEnd('.');
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"no connection within {Patience.TotalSeconds:0} s";
        }
    }
}

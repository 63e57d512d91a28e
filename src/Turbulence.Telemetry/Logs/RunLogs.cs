using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Turbulence.Events;

namespace Turbulence.Telemetry.Logs;

/// <summary>Logs what happens in a run, and what people are told; nothing finer than information.</summary>
/// <param name="logger">Takes it.</param>
internal sealed class RunLogs(ILogger logger)
{
    /// <summary>Something happened.</summary>
    /// <param name="happened">What.</param>
    /// <param name="context">The trace and the span that it belongs to; default for none.</param>
    public void Take(RunEvent happened, ActivityContext context)
    {
        if (EventSentence.Of(happened) is not { } sentence || sentence.Level < LogLevel.Information || !logger.IsEnabled(sentence.Level))
        {
            return;
        }

        logger.Log(
            sentence.Level,
            new EventId(0, $"turbulence.{happened.Word}"),
            new EventLog(happened, context, sentence.Details),
            exception: null,
            (_, _) => sentence.Text);
    }
}

using Microsoft.Extensions.Logging;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Logging;

/// <summary>Lines for people, sent to the host.</summary>
internal sealed class ProtocolLogger(MessageWriter messages, string category) : ILogger
{
    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        messages.Log(Level(logLevel), category, exception is null ? text : $"{text}\n{exception}");
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}

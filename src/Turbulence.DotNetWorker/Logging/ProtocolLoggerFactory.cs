using Microsoft.Extensions.Logging;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Logging;

/// <summary>Loggers whose lines go to the host.</summary>
internal sealed class ProtocolLoggerFactory(MessageWriter messages) : ILoggerFactory
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new ProtocolLogger(messages, categoryName);

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider)
    {
        // Only the host's log is written to.
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // There is nothing to let go of.
    }
}

using Microsoft.Extensions.Logging;

namespace Turbulence.Aspire.Dashboards;

/// <summary>What is said in the log of a resource, as the dashboard shows it.</summary>
internal static partial class ResourceLines
{
    /// <summary>Says a line.</summary>
    [LoggerMessage(Message = "{Line}")]
    public static partial void Say(this ILogger logger, LogLevel level, string line);
}

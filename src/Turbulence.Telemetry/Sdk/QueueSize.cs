namespace Turbulence.Telemetry.Sdk;

/// <summary>How much waits for a collector.</summary>
internal static class QueueSize
{
    /// <summary>
    /// Spans, and log records: eight times what the specification proposes for services, since a method of ten thousand quick activities is
    /// over within a second.
    /// </summary>
    public const int Usual = 16_384;
}

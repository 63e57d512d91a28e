using System.Text;

namespace Turbulence.Proxy.Tests.Decisions;

/// <summary>A log of decisions in memory.</summary>
internal static class Log
{
    public static string[] Lines(MemoryStream log) =>
        Encoding.UTF8.GetString(log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static DecisionLines Read(MemoryStream log) => DecisionLines.Read(Lines(log));
}


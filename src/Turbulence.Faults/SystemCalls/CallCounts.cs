using System.Globalization;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.SystemCalls;

/// <summary>What the child of a fault knows of its <c>strace</c>, and tells whoever looks into its memory.</summary>
/// <param name="Begun">How many calls were begun that could be hit.</param>
/// <param name="Marked">How many were hit and have returned.</param>
/// <param name="End">How <c>strace</c> ended; empty while it runs.</param>
internal readonly record struct CallCounts(long Begun, long Marked, string End)
{
    /// <summary>The name of the file in memory.</summary>
    public const string Name = "turbulence-calls";

    /// <summary>As it stands there.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Begun} {Marked} {End}");

    /// <summary>Reads it from a process; null where it has none.</summary>
    public static CallCounts? Of(int process) =>
        MemoryFile.Read(process, Name)?.Split(' ', 3) is [var begun, var marked, var end]
            && long.TryParse(begun, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(marked, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new CallCounts(first, second, end)
            : null;
}

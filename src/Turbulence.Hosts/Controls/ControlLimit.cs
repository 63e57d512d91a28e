using Turbulence.Controls;
using Turbulence.Json;

namespace Turbulence.Hosts.Controls;

/// <summary>How long a hook may take: <c>provider.timeout</c>, in seconds above 0, or 60 s.</summary>
internal static class ControlLimit
{
    // More than a timer can measure, about 49 days.
    private const double TooLong = 4_294_967;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <summary>Reads it.</summary>
    /// <returns>False where there is a value that is no such number; the limit is the usual one then.</returns>
    public static bool TryRead(ControlDeclaration control, out TimeSpan limit)
    {
        limit = Usual;
        if (control.Provider["timeout"] is not { } declared)
        {
            return true;
        }

        if (!JsonNumbers.TryReadDouble(declared, out var seconds) || seconds is not (> 0 and < TooLong))
        {
            return false;
        }

        limit = TimeSpan.FromSeconds(seconds);
        return true;
    }
}

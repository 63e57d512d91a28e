using Turbulence.Controls;
using Turbulence.Json;
using Turbulence.Keys;

namespace Turbulence.Hosts.Controls;

/// <summary>How long a hook may take: <c>provider.timeout</c>, in seconds above 0, or 60 s.</summary>
internal static class ControlLimit
{
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

        if (!JsonNumbers.TryReadDouble(declared, out var seconds) || !ControlKeys.Timeout.NumberForm.Allows(seconds))
        {
            return false;
        }

        limit = TimeSpan.FromSeconds(seconds);
        return true;
    }
}

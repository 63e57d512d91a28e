using System.Globalization;

namespace Turbulence.Resident.Matching;

/// <summary>
/// Which hosts are meant: <c>name</c> is any port of it, <c>name:port</c> that one alone; upper and lower case are the same.
/// </summary>
/// <remarks>Each call of a program is held against it, so that it makes no text of what it reads.</remarks>
internal readonly struct HostMatch
{
    private readonly string? whole;
    private readonly string? name;
    private readonly int port;

    /// <param name="pattern">The host; null for every one.</param>
    public HostMatch(string? pattern)
    {
        whole = pattern;
        var colon = pattern?.LastIndexOf(':') ?? -1;
        if (colon > 0 && int.TryParse(pattern.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            name = pattern![..colon];
        }
    }

    public bool Is(Uri uri) => whole is null
        || string.Equals(uri.Host, whole, StringComparison.OrdinalIgnoreCase)
        || (name is not null && uri.Port == port && string.Equals(uri.Host, name, StringComparison.OrdinalIgnoreCase));
}

using System.Globalization;
using System.Text;
using Turbulence.Platform.Processes;

namespace Turbulence.Services;

/// <summary>A fault proxy through which a service is reached: what <c>network.*</c> faults of that service act on.</summary>
/// <param name="Name">Its name in its API.</param>
/// <param name="From">The service that reaches the other one through it; null where whoever does is meant.</param>
/// <param name="Api">Where its API answers; null before the run has started it.</param>
public sealed record ServiceProxy(string Name, string? From, Uri? Api)
{
    /// <summary>Whether it passes datagrams of UDP on, and no connections. Default: no.</summary>
    public bool IsUdp { get; init; }

    /// <summary>Where it listens, as it is declared: <c>18002</c>, <c>127.0.0.1:18002</c>. Default: nothing is said of it.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Whom it asks, as it is declared: <c>8002</c>. Default: nothing is said of it.</summary>
    public string Upstream { get; init; } = "";

    /// <summary>The token that its API wants, a secret; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// The file with what it and the other proxies of the run hit, seen from the journal's folder; null where there is none.
    /// </summary>
    public string? Receipts { get; init; }

    /// <summary>Its process; null before the run has started it.</summary>
    public ProcessIdentity? Process { get; init; }

    // For people.
    internal string Route => $"{(IsUdp ? "udp " : "")}{Listen} -> {Upstream}";

    // A record tells all its members, and the token is a secret.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{nameof(Name)} = {Name}, {nameof(From)} = {From}, {nameof(Api)} = {Api}, {nameof(IsUdp)} = {IsUdp}, ");
        text.Append(
            CultureInfo.InvariantCulture, $"{nameof(Listen)} = {Listen}, {nameof(Upstream)} = {Upstream}, {nameof(Process)} = {Process}");
        return true;
    }
}

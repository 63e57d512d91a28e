using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.References;

/// <summary>
/// Looks at what a caller was really started with: whether it was given the address of its proxy, and not that of the endpoint behind it as
/// well. An address that is written out in the AppHost cannot be redirected, and must not pass as protected.
/// </summary>
internal static class Bypass
{
    private const string Arguments = "executable.args";

    /// <summary>Finds what leads past a proxy.</summary>
    /// <param name="caller">The name of the caller.</param>
    /// <param name="snapshot">What is known of it.</param>
    /// <param name="proxy">The proxy's port.</param>
    /// <param name="upstream">The port of the endpoint behind it.</param>
    /// <returns>What was seen, in one line; null for nothing, and where nothing is known yet.</returns>
    public static string? Find(string caller, CustomResourceSnapshot snapshot, int proxy, int upstream)
    {
        (string Name, string Value)[] given =
        [
            .. snapshot.EnvironmentVariables.Select(static variable => ($"the variable {variable.Name}", variable.Value ?? "")),
            .. Lines(snapshot).Select(static argument => ($"the argument '{argument}'", argument)),
        ];
        return given.Length == 0 ? null
            : given.FirstOrDefault(one => Names(one.Value, upstream)).Name is { } past
                ? $"{past} of {caller} names port {Text(upstream)}, past the proxy"
            : !given.Any(one => Names(one.Value, proxy))
                ? $"nothing that {caller} was started with names the proxy"
            : null;
    }

    private static IEnumerable<string> Lines(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(static property => property.Name == Arguments)?.Value switch
        {
            string line => [line],
            IEnumerable lines => lines.OfType<string>(),
            _ => [],
        };

    private static bool Names(string text, int port) =>
        Regex.IsMatch(text, $"(^|[:=]){Text(port)}(?![0-9])", RegexOptions.CultureInvariant);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

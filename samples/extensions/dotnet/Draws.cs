using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Turbulence.Sdk;

namespace NumberDrills;

/// <summary>Probes that look at the numbers themselves: a system may answer every request, and answer nonsense.</summary>
public static partial class Draws
{
    /// <summary>Draws many numbers from 0 to the highest one, and says what came and from which server.</summary>
    /// <param name="highest">The highest number that may come, at least 1.</param>
    /// <param name="count">How many to draw.</param>
    /// <param name="configuration">Its <c>require_rand</c> is the address of the service. Default: <c>http://localhost:8001</c>.</param>
    /// <param name="logger">Gets one line.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    /// <exception cref="ActivityFailedException">An answer was no number.</exception>
    [Probe]
    public static async Task<DrawReport> DrawAsync(
        int highest, int count, Configuration configuration, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(highest, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var address = new Uri(new Uri(configuration.GetString("require_rand", "http://localhost:8001")), $"/index/{highest}");
        using var client = new HttpClient();
        var came = new int[highest + 1];
        Dictionary<string, int> servers = [];
        for (var draw = 0; draw < count; draw++)
        {
            using var response = await client.GetAsync(address, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!TryRead(text, highest, out var server, out var number))
            {
                throw new ActivityFailedException(
                    $"draw {draw + 1} of {count}: expected a number from 0 to {highest}, got {(int)response.StatusCode} \"{text.Trim()}\"");
            }

            came[number]++;
            servers[server] = servers.GetValueOrDefault(server) + 1;
        }

        Drawn(logger, count, address);
        return new DrawReport(count, came.Length, Array.FindIndex(
            came, times => times > 0), Array.FindLastIndex(came, times => times > 0), ChiSquare(came, count), servers);
    }

    /// <summary>Whether draws look as if each number were as likely as any other. For the tolerance of a probe that draws.</summary>
    /// <param name="value">What came of the draws.</param>
    /// <param name="sigmas">How unlikely a chance must be before it counts as a fault, in standard deviations. Default: 5, three in ten
    /// million.</param>
    [Probe]
    public static bool LooksUniform(DrawReport value, double sigmas = 5)
    {
        ArgumentNullException.ThrowIfNull(value);

        // Wilson and Hilferty, 1931: the cube root of chi-square over its degrees of freedom is nearly normal.
        var freedom = value.Outcomes - 1.0;
        var spread = 2 / (9 * freedom);
        return value.ChiSquare <= freedom * Math.Pow(1 - spread + (sigmas * Math.Sqrt(spread)), 3);
    }

    private static bool TryRead(string text, int highest, out string server, out int number)
    {
        var match = Answer().Match(text);
        server = match.Groups["server"].Value;
        number = -1;
        return match.Success
            && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= highest;
    }

    private static double ChiSquare(int[] came, int count)
    {
        var expected = (double)count / came.Length;
        return came.Sum(times => (times - expected) * (times - expected) / expected);
    }

    [GeneratedRegex(@"^response from service: (?<server>\w+) \(\d+\): (?<number>\d+)\s*$")]
    private static partial Regex Answer();

    [LoggerMessage(LogLevel.Information, "drew {Count} numbers from {Address}")]
    private static partial void Drawn(ILogger logger, int count, Uri address);
}

using System.Globalization;
using RandomNumbers.ServiceProcess;

namespace RandomNumbers.RequireRand;

/// <summary>The command line of <c>require-rand</c>.</summary>
public static class IndexArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage =
        """
        usage: require-rand [--port PORT] [--server NAME=URL]… [--timeout SECONDS] [--failover on|off] [--daemon]

        Asks rand servers for a random number, in order: GET /index/10 answers "response from service: primary (8002): 5".

          --port PORT        the loopback port to listen on (default 8001); 0 takes a free one
          --server NAME=URL  a rand server, repeatable, first one first
                             (default "primary (8002)=http://localhost:8002" and "secondary (8003)=http://localhost:8003")
          --timeout SECONDS  how long each server may take (default 2)
          --failover off     ask the first server only
          --daemon           return as soon as the service answers, and leave it running
          --help             print this
        """;

    private const double LongestTimeout = 3600;

    private static readonly IReadOnlyList<RandServerAddress> DefaultServers =
    [
        new("primary (8002)", new Uri("http://localhost:8002")),
        new("secondary (8003)", new Uri("http://localhost:8003")),
    ];

    /// <summary>Makes the service that the arguments ask for; null, with the reader's problem set, when they are wrong.</summary>
    public static IService? Configure(ArgumentReader reader)
    {
        var port = reader.ToPort(reader.TakeOption("--port"), fallback: 8001);
        var timeout = ToTimeout(reader, reader.TakeOption("--timeout") ?? "2");
        var failover = reader.TakeOption("--failover") ?? "on";
        var servers = reader.TakeOptions("--server").Select(text => ToServer(reader, text)).OfType<RandServerAddress>().ToArray();
        if (failover is not ("on" or "off"))
        {
            reader.Refuse($"--failover takes on or off, not '{failover}'");
        }

        if (!reader.TryTakeOperands([], out _) || reader.Problem is not null)
        {
            return null;
        }

        var order = servers.Length > 0 ? servers : DefaultServers;
        var asked = failover == "on" ? order : order.Take(1);
        return new IndexService(port, new Failover([.. asked.Select(server => new RandServerClient(server, timeout))]));
    }

    private static TimeSpan ToTimeout(ArgumentReader reader, string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.001 and <= LongestTimeout)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        reader.Refuse($"'{text}' is not a timeout (0.001 to {LongestTimeout} seconds)");
        return TimeSpan.Zero;
    }

    private static RandServerAddress? ToServer(ArgumentReader reader, string text)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        if (split > 0 && Uri.TryCreate(text[(split + 1)..], UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp)
        {
            return new RandServerAddress(text[..split], url);
        }

        reader.Refuse($"'{text}' is not NAME=URL with an http URL");
        return null;
    }
}

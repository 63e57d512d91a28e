using System.Globalization;
using RandomNumbers.ServiceProcess;

namespace RandomNumbers.RequireRand;

/// <summary>The command line of <c>require-rand</c>.</summary>
public static class IndexArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage =
        """
        usage: require-rand [--port PORT] [--server NAME=URL]… [--timeout SECONDS] [--hedge-after SECONDS]
                            [--failover on|off] [--mistake NAME]… [--daemon]

        Asks rand servers for a random number, in order: GET /index/10 answers "response from service: primary (8002): 5".

          --port PORT        the loopback port to listen on (default 8001); 0 takes a free one
          --server NAME=URL  a rand server, repeatable, first one first
                             (default "primary (8002)=http://localhost:8002" and "secondary (8003)=http://localhost:8003")
          --timeout SECONDS  how long each server may take (default 0.9)
          --hedge-after SECONDS
                             after how long without an answer the next server is asked as well (default 0.15)
          --failover off     ask the first server only
          --mistake NAME     make an ordinary mistake, repeatable: no-time-limit, retry-storm, no-breaker, pool-of-one
          --daemon           return as soon as the service answers, and leave it running
          --help             print this
        """;

    private const double ShortestTime = 0.01; // of what Polly takes
    private const double LongestTime = 3600;

    private static readonly IReadOnlyList<RandServerAddress> DefaultServers =
    [
        new("primary (8002)", new Uri("http://localhost:8002")),
        new("secondary (8003)", new Uri("http://localhost:8003")),
    ];

    /// <summary>Makes the service that the arguments ask for; null, with the reader's problem set, when they are wrong.</summary>
    public static IService? Configure(ArgumentReader reader)
    {
        var port = reader.ToPort(reader.TakeOption("--port"), fallback: 8001);
        var settings = ToSettings(reader);
        var failover = reader.TakeOption("--failover") ?? "on";
        var servers = reader.TakeOptions("--server").Select(text => ToServer(reader, text)).OfType<RandServerAddress>().ToArray();
        if (failover is not ("on" or "off"))
        {
            reader.Refuse($"--failover takes on or off, not '{failover}'");
        }

        if (servers.Length > Failover.MostServers)
        {
            reader.Refuse($"at most {Failover.MostServers} servers can be asked, not {servers.Length}");
        }

        if (!reader.TryTakeOperands([], out _) || reader.Problem is not null)
        {
            return null;
        }

        var order = servers.Length > 0 ? servers : DefaultServers;
        return new IndexService(port, failover == "on" ? order : [order[0]], settings);
    }

    private static ResilienceSettings ToSettings(ArgumentReader reader)
    {
        var settings = new ResilienceSettings();
        settings = settings with
        {
            ServerTimeLimit = ToTime(reader, reader.TakeOption("--timeout"), settings.ServerTimeLimit),
            HedgeAfter = ToTime(reader, reader.TakeOption("--hedge-after"), settings.HedgeAfter),
        };
        foreach (var name in reader.TakeOptions("--mistake"))
        {
            if (Mistakes.Make(name, settings) is { } changed)
            {
                settings = changed;
            }
            else
            {
                reader.Refuse($"'{name}' is not a mistake ({string.Join(", ", Mistakes.Names)})");
            }
        }

        return settings;
    }

    private static TimeSpan ToTime(ArgumentReader reader, string? text, TimeSpan usual)
    {
        if (text is null)
        {
            return usual;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= ShortestTime and <= LongestTime)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        reader.Refuse($"'{text}' is not a time ({ShortestTime} to {LongestTime} seconds)");
        return usual;
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

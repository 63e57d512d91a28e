using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

/// <summary>Ports for servers that a test starts, and perhaps ends and starts again.</summary>
/// <remarks>
/// They lie below those that the system hands out, to outgoing connections among others: one of these could take the port while its server
/// is away. Each process of tests has a hundred of its own and goes round in them, so that no two tests are given the same at once.
/// </remarks>
internal static partial class FreePort
{
    private const int First = 20_000;
    private const int Blocks = 120;
    private const int Block = 100;

    private static int handedOut = -1;

    /// <summary>A port that nobody has.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < Block; attempt++)
        {
            var port = First + (Environment.ProcessId % Blocks * Block) + (int)((uint)Interlocked.Increment(ref handedOut) % Block);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }

        throw new InvalidOperationException($"None of {Block} ports is free.");
    }

    /// <summary>
    /// The text of one of the sample's experiments with other ports in it, all put in at once: the new ones may look like the old.
    /// </summary>
    public static string InPlaceOfTheUsual(string text, int requireRand, int primary, int secondary)
    {
        Dictionary<string, int> ports = new() { ["8001"] = requireRand, ["8002"] = primary, ["8003"] = secondary };
        return Usual.Replace(text, match =>
        {
            // Those of proxies are anybody's.
            if (!ports.TryGetValue(match.Value, out var port))
            {
                ports[match.Value] = port = Next();
            }

            return port.ToString(CultureInfo.InvariantCulture);
        });
    }

    [GeneratedRegex("1?800[123]")]
    private static partial Regex Usual { get; }
}

using System.Diagnostics;
using System.Net.Sockets;

namespace Turbulence.Resident.Doors;

/// <summary>An order is one line of JSON.</summary>
internal static class OrderLine
{
    private const int Most = 256 << 10;

    /// <summary>Reads up to the end of a line; null where none comes in time, or it is too long.</summary>
    public static byte[]? Read(Socket client, TimeSpan patience)
    {
        var begun = Stopwatch.GetTimestamp();
        var buffer = new byte[4096];
        var length = 0;
        while (Stopwatch.GetElapsedTime(begun) < patience)
        {
            var count = client.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            if (count == 0)
            {
                return null;
            }

            var end = Array.IndexOf(buffer, (byte)'\n', length, count);
            if (end >= 0)
            {
                return buffer[..end];
            }

            length += count;
            if (length == buffer.Length)
            {
                if (length >= Most)
                {
                    return null;
                }

                Array.Resize(ref buffer, 2 * length);
            }
        }

        return null;
    }
}

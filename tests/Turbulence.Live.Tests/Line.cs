using System.Globalization;
using System.Text;
using Turbulence.Live.Feeds;

namespace Turbulence.Live;

/// <summary>Lines of a timeline.</summary>
internal static class Line
{
    public static FeedLine Probe(int number) => FeedLine.Of(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"at":{{number}},"event":"activity-ended","activity":{{number}},"name":"p","status":"succeeded"}""")));

    public static FeedLine Fault(int number) => FeedLine.Of(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"at":{{number}},"event":"fault-changed","fault":"f{{number}}","state":"effective"}""")));

    public static string Text(byte[] line) => Encoding.UTF8.GetString(line);
}

using System.Globalization;

namespace EndToEnd.Tests;

/// <summary>The text of a sample's experiment, with the built services in place of the launchers and free ports in place of the usual ones.</summary>
internal static class SampleText
{
    public static string OnFreePorts(string text)
    {
        var ports = Enumerable.Range(0, 3).Select(_ => Room.FreePort().ToString(CultureInfo.InvariantCulture)).ToArray();
        return text
            .Replace("../../random-numbers/", "../", StringComparison.Ordinal)
            .Replace("../require-rand", $"""{BuiltPrograms.RequireRand}, "--port", "8001", "--server", "primary=http://localhost:8002", "--server", "secondary=http://localhost:8003" """, StringComparison.Ordinal)
            .Replace("../rand-server", BuiltPrograms.RandServer, StringComparison.Ordinal)
            .Replace("8001", ports[0], StringComparison.Ordinal)
            .Replace("8002", ports[1], StringComparison.Ordinal)
            .Replace("8003", ports[2], StringComparison.Ordinal);
    }
}

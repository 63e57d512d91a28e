namespace EndToEnd.Tests;

/// <summary>
/// The text of a sample's experiment, with the built services in place of the launchers and free ports in place of the usual ones.
/// </summary>
internal static class SampleText
{
    // Those that say whom they ask, through proxies, say it with the usual ports as well.
    private const string Servers = ", \"--server\", \"primary=http://localhost:8002\", \"--server\", \"secondary=http://localhost:8003\" ";

    public static string OnFreePorts(string text)
    {
        var moved = text
            .Replace("../../random-numbers/", "../", StringComparison.Ordinal)
            .Replace(
                "../require-rand",
                $"../require-rand, \"--port\", \"8001\"{(text.Contains("--server", StringComparison.Ordinal) ? "" : Servers)}",
                StringComparison.Ordinal);
        return FreePort.InPlaceOfTheUsual(moved, FreePort.Next(), FreePort.Next(), FreePort.Next())
            .Replace("../require-rand", BuiltPrograms.RequireRand, StringComparison.Ordinal)
            .Replace("../rand-server", BuiltPrograms.RandServer, StringComparison.Ordinal);
    }
}

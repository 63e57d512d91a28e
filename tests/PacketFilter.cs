using System.Diagnostics;

/// <summary>Linux's packet filter, for the tests that change it.</summary>
internal static class PacketFilter
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        using var asked = Process.Start(new ProcessStartInfo(Needs.Program("nft", "nftables"), ["list", "tables"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = asked.StandardError.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0 ? null : said.Split('\n')[0];
    });

    /// <summary>Skips the test where it may not be changed.</summary>
    public static void Needed()
    {
        Needs.Program("nft", "nftables");
        Needs.That(Missing.Value is null, $"needs the right to change the packet filter: {Missing.Value}");
    }
}

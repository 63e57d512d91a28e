using System.Diagnostics;

/// <summary>Linux's packet filter, for the tests that change it.</summary>
internal static class PacketFilter
{
    private static readonly Lazy<string?> Missing = new(() => Try(Needs.Program("nft", "nftables"), "list", "tables"));
    private static readonly Lazy<string?> NoNetworks = new(() =>
        Try(Needs.Program("unshare", "util-linux"), "--mount", "--net", "ip", "link", "add", "one", "type", "veth", "peer", "name", "two"));

    /// <summary>Skips the test where it may not be changed.</summary>
    public static void Needed()
    {
        Needs.Program("nft", "nftables");
        Needs.That(Missing.Value is null, $"needs the right to change the packet filter: {Missing.Value}");
    }

    /// <summary>The same for a test that makes networks of its own, with a cable between them.</summary>
    public static void NetworksNeeded()
    {
        Needed();
        Needs.Program("unshare", "util-linux");
        Needs.Program("ip", "iproute2");
        Needs.That(NoNetworks.Value is null, $"needs the right to change the packet filter, and to make networks: {NoNetworks.Value}");
    }

    private static string? Try(string program, params string[] arguments)
    {
        using var asked =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = asked.StandardError.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0 ? null : said.Split('\n')[0];
    }
}

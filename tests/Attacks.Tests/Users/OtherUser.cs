using System.Globalization;
using Turbulence.Platform.Processes;

namespace Attacks.Tests.Users;

/// <summary>
/// The user nobody, as a stranger on this machine. The attacked command runs as root without its capabilities: an ordinary user in all that
/// it may do, who can read the built program wherever it stands.
/// </summary>
internal static class OtherUser
{
    /// <summary>Nobody's number.</summary>
    public const int Id = 65534;

    private static string Setpriv => Needs.Program("setpriv", "util-linux");

    /// <summary>A command that nobody runs.</summary>
    public static string[] Command(params string[] command) =>
        [Setpriv, $"--reuid={Id}", $"--regid={Id}", "--clear-groups", "--", .. command];

    /// <summary>Runs the attacked command without the rights of root.</summary>
    public static async Task<ChaosEnd> RunAsync(Room room, params string[] arguments)
    {
        Needs.Root("to be another user");
        await using var run = ChaosRun.StartProgram(Setpriv, room, ["--bounding-set=-all", "--", BuiltPrograms.Chaos, .. arguments]);
        return await run.EndAsync();
    }

    /// <summary>Gives a folder to nobody.</summary>
    public static async Task GiveAsync(string folder)
    {
        Needs.Root("to be another user");
        var options = new ProcessStartOptions { FileName = "/bin/chown", Arguments = [Id.ToString(CultureInfo.InvariantCulture), folder] };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        await using (process)
        {
            Assert.True((await process.Exited).IsSuccess);
        }
    }
}

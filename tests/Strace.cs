using System.Diagnostics;

/// <summary><c>strace</c>, for the tests that let it change what system calls come to.</summary>
internal static class Strace
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        using var asked = Process.Start(new ProcessStartInfo(Needs.Program("strace", "strace"), ["-f", "-o", "/dev/null", "true"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = asked.StandardError.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0 ? null : said.Split('\n')[0];
    });

    /// <summary>Skips the test where it is not there, or may not trace.</summary>
    public static void Needed()
    {
        Needs.Program("strace", "strace");
        Needs.That(Missing.Value is null, $"needs the right to trace: {Missing.Value}");
        Needs.That(
            Environment.IsPrivilegedProcess || !File.Exists("/proc/sys/kernel/yama/ptrace_scope")
                || File.ReadAllText("/proc/sys/kernel/yama/ptrace_scope").Trim() == "0",
            "needs the right to trace: kernel.yama.ptrace_scope is not 0");
    }
}

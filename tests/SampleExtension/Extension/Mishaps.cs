using System.Diagnostics;
using Turbulence.Sdk;

namespace SampleExtension;

#pragma warning disable CS1591 // Each method is what its name says: one way in which foreign code goes wrong.

public static class Mishaps
{
    public static void Fail(string why) => throw new ActivityFailedException(why);

    public static void Throw() => throw new InvalidOperationException("outer", new FormatException("inner"));

    public static async Task ThrowAsync()
    {
        await Task.Yield();
        throw new TimeoutException("too late");
    }

    public static Task ThrowTogether() => Task.Run(() => Task.WaitAll(Task.FromException(new FileNotFoundException("gone"))));

    public static void Hang() => Thread.Sleep(Timeout.Infinite);

    public static async Task<string> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return "never";
    }

    public static string Print(int bytes)
    {
        Console.Out.Write(new string('o', bytes) + "\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}\n");
        using var raw = Console.OpenStandardOutput();
        raw.Write("garbage\n"u8);
        return "printed";
    }

    public static string? ReadLine() => Console.In.ReadLine();

    public static void Exit(int code) => Environment.Exit(code);

    public static void FailFast() => Environment.FailFast("on purpose");

    public static void Overflow() => Deeper(1);

    public static void CrashLater() => new Thread(() => throw new InvalidOperationException("on a thread of its own")).Start();

    public static int StartDaemon()
    {
        using var daemon = Process.Start(new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec sleep 60" } });
        return daemon!.Id;
    }

    public static string[] OpenFilesOfChildren()
    {
        var start = new ProcessStartInfo("/bin/ls") { ArgumentList = { "-l", "/proc/self/fd" }, RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        return [.. lines.Where(line => line.Contains(" -> ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(" -> ", StringComparison.Ordinal) + 4)..])];
    }

    private static int Deeper(int depth) => depth == 0 ? 0 : Deeper(depth + 1) + Deeper(depth + 2);
}

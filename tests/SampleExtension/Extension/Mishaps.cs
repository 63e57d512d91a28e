using System.Diagnostics;
using System.Globalization;
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

    public static void HangAfter(string file)
    {
        Note(file);
        Thread.Sleep(Timeout.Infinite);
    }

    public static Task WaitAfterAsync(string file, CancellationToken cancellationToken)
    {
        Note(file);
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    public static string Garble()
    {
        Print(0);
        using var child = Process.Start("sh", ["-c", "echo garbage; echo garbage >&2"]);
        child.WaitForExit();
        return "printed";
    }

    public static void GarbleProtocol()
    {
        foreach (var link in Directory.GetFiles("/proc/self/fd"))
        {
            if (int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture) > 2
                && File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name.StartsWith("pipe:", StringComparison.Ordinal) == true)
            {
                Spoil(link);
            }
        }

        Thread.Sleep(Timeout.Infinite);
    }

    public static void Eat()
    {
        List<byte[]> held = [];
        for (var i = 0; i < 60; i++)
        {
            held.Add(new byte[32 << 20]);
            held[^1].AsSpan().Fill(1);
            Thread.Sleep(20);
        }

        Thread.Sleep(Timeout.Infinite);
    }

    public static string StartFreeDaemon()
    {
        using var daemon = Process.Start("setsid", ["sleep", "600"]);
        return "started";
    }

    public static string? ReadLine() => Console.In.ReadLine();

    public static void Exit(int code) => Environment.Exit(code);

    public static void FailFast() => Environment.FailFast("on purpose");

    public static void Overflow() => Deeper(1);

    public static string BlockPool(int threads)
    {
        for (var i = 0; i < threads; i++)
        {
            ThreadPool.QueueUserWorkItem(_ => Thread.Sleep(Timeout.Infinite));
        }

        return "blocked";
    }

    public static async Task<string> YieldAsync()
    {
        await Task.Yield();
        return "went on";
    }

    public static void Set(string name, string? value) => Environment.SetEnvironmentVariable(name, value);

    public static void ThrowLong(int length) =>
        throw new InvalidOperationException(new string('x', length), new FormatException(new string('y', length)));

    public static void ShutFiles()
    {
        for (var file = 3; file < 300; file++)
        {
            var target = Directory.ResolveLinkTarget($"/proc/self/fd/{file}", returnFinalTarget: false)?.Name;
            if (target?.StartsWith("pipe:", StringComparison.Ordinal) == true)
            {
                new Microsoft.Win32.SafeHandles.SafeFileHandle(file, ownsHandle: true).Dispose();
            }
        }
    }

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
        return [.. lines
            .Where(line => line.Contains(" -> ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(" -> ", StringComparison.Ordinal) + 4)..])];
    }

    private static void Note(string file)
    {
        File.WriteAllText(file + ".part", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".part", file);
    }

    private static void Spoil(string link)
    {
        try
        {
            using var stream = new FileStream(link, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write("garbage\n"u8);
        }
        catch (Exception shut) when (shut is IOException or UnauthorizedAccessException)
        {
            // The end that is read from, or another one's.
        }
    }

    private static int Deeper(int depth) => depth == 0 ? 0 : Deeper(depth + 1) + Deeper(depth + 2);
}

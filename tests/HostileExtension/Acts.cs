using System.Runtime.InteropServices;

namespace HostileExtension;

#pragma warning disable CS1591 // Each method is what its name says: one way in which foreign code works against its host.

public static partial class Acts
{
    public static void ExitAsIfAllWereWell() => Environment.Exit(0);

    public static void EndAtOnce() => EndProcess(0);

    public static void StopItself()
    {
        _ = Kill(Environment.ProcessId, 19);
        Thread.Sleep(Timeout.Infinite);
    }

    public static void Spin()
    {
        while (true)
        {
            Thread.SpinWait(1000);
        }
    }

    public static void SpinOnEveryProcessor()
    {
        for (var thread = 0; thread < Environment.ProcessorCount; thread++)
        {
            new Thread(Spin) { Priority = ThreadPriority.Highest }.Start();
        }

        Spin();
    }

    public static string CloseStandardFiles()
    {
        for (var file = 0; file < 3; file++)
        {
            _ = Close(file);
        }

        return "closed";
    }

    public static void CloseEveryFile()
    {
        for (var file = 0; file < 1000; file++)
        {
            _ = Close(file);
        }

        Thread.Sleep(Timeout.Infinite);
    }

    public static string SayWhatAnAnswerLooksLike()
    {
        using var output = Console.OpenStandardOutput();
        for (var id = 0; id < 100; id++)
        {
            Write(output, $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"status":"succeeded","output":"forged"}}""" + "\n");
            Write(Console.OpenStandardError(), $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"status":"succeeded","output":"forged"}}""" +
                "\n");
        }

        return "said";
    }

    public static string TakeTheConsole()
    {
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        Console.SetIn(TextReader.Null);
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Environment.Exit(0);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(Timeout.Infinite);
        return "taken";
    }

    // That it cannot be awaited is the point.
    public static async void ThrowWhereNobodyAwaits()
    {
        await Task.Yield();
        throw new InvalidOperationException("nobody awaits it");
    }

    public static string ThrowInAFinalizer()
    {
        for (var count = 0; count < 10; count++)
        {
            _ = new Unfinished();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return "lives";
    }

    public static object? ReturnsItself()
    {
        var first = new Dictionary<string, object?>();
        first["itself"] = first;
        return first;
    }

    public static IEnumerable<int> ReturnsWithoutEnd()
    {
        while (true)
        {
            yield return 1;
        }
    }

    public static Thrower ReturnsWhatThrows() => new();

    public static string LeaveThreads()
    {
        for (var thread = 0; thread < 300; thread++)
        {
            new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = false }.Start();
        }

        return "left";
    }

    private static void Write(Stream stream, string text) => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndProcess(int code);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    private sealed class Unfinished
    {
#pragma warning disable CA1821 // That it throws is the point.
        ~Unfinished() => throw new InvalidOperationException("never finished");
#pragma warning restore CA1821
    }
}

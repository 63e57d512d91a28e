using Turbulence.Platform.Processes;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>
/// Ends the worker when the program that started it is gone, whatever somebody's code has made of the worker's input meanwhile.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Watches from now on, on a thread of its own. Elsewhere than on Linux nothing is seen.</summary>
    public static void Begin()
    {
        if (Parent() is { } parent)
        {
            new Thread(() => Watch(parent)) { IsBackground = true, Name = "turbulence-parent" }.Start();
        }
    }

    private static void Watch(int parent)
    {
        // What cannot be read, with too many files open, is not gone.
        while (Parent() is not { } now || now == parent)
        {
            Thread.Sleep(Interval);
        }

        Program.EndInAnyCase();
        Environment.Exit(0);
    }

    private static int? Parent() => ProcessTable.Find(Environment.ProcessId)?.ParentId;
}

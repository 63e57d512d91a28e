using System.Diagnostics;

namespace Turbulence.Resident.Threads;

/// <summary>Threads of ours in a process that is not: what nobody catches on them would end it.</summary>
internal static class GuestThread
{
    private const int StackSize = 256 << 10;

    /// <summary>Starts one, which does not keep the process from ending.</summary>
    /// <param name="name">Its name, after ours.</param>
    /// <param name="work">What it does.</param>
    public static void Start(string name, Action work) => new Thread(() => Do(work), StackSize)
    {
        IsBackground = true,
        Name = $"turbulence {name}".TrimEnd(),
    }.Start();

    private static void Do(Action work)
    {
        try
        {
            work();
        }
        catch (Exception unexpected)
        {
            Debug.WriteLine(unexpected);
        }
    }
}

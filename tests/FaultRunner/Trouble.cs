using System.Diagnostics;
using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace FaultRunner;

/// <summary>What others do to a run from outside: to its guardian, to the ledger's folder, to the records in it.</summary>
public static class Trouble
{
    /// <summary>The guardian is stopped.</summary>
    public const string GuardianStopped = "guardian-stopped";

    /// <summary>The folder's disk has no room any more. The folder is the root of a disk of its own.</summary>
    public const string Full = "folder-full";

    /// <summary>The folder's disk can only be read. The folder is the root of a disk of its own.</summary>
    public const string ReadOnly = "folder-read-only";

    /// <summary>The folder belongs to another user; where we may not give it away, everybody can write to it.</summary>
    public const string Foreign = "folder-foreign";

    /// <summary>The folder is gone.</summary>
    public const string Gone = "folder-gone";

    /// <summary>A link has taken the folder's place.</summary>
    public const string Link = "folder-a-link";

    /// <summary>
    /// Everybody can write to the folder. Not among <see cref="All"/>: the same as <see cref="Foreign"/> where that may not be given away.
    /// </summary>
    public const string Open = "folder-open";

    /// <summary>
    /// A file has taken the folder's place. Not among <see cref="All"/>: the same as <see cref="Gone"/> to whoever looks for what was in
    /// it.
    /// </summary>
    public const string AFile = "folder-a-file";

    /// <summary>The part of the folder that holds the records is gone; not among <see cref="All"/>, as the next one.</summary>
    public const string WithoutFaults = "folder-without-faults";

    /// <summary>The part of the folder that holds the locks is gone.</summary>
    public const string WithoutLocks = "folder-without-locks";

    /// <summary>
    /// The process with the proxies, which <c>TURBULENCE_CRASH_PROXY</c> names, is killed. Not among <see cref="All"/>, since few kinds
    /// have one.
    /// </summary>
    public const string ProxyKilled = "proxy-killed";

    /// <summary>The records are empty.</summary>
    public const string Emptied = "record-emptied";

    /// <summary>Half of each record is gone.</summary>
    public const string Halved = "record-halved";

    /// <summary>The records are deleted.</summary>
    public const string Deleted = "record-deleted";

    /// <summary>The records are of a version that this program does not know.</summary>
    public const string Newer = "record-newer";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [
        GuardianStopped, Full, ReadOnly, Foreign, Gone, Link, Emptied, Halved, Deleted, Newer,
    ];

    /// <summary>The process with the proxies; null where there is none.</summary>
    public static ProcessIdentity? Proxy =>
        Environment.GetEnvironmentVariable("TURBULENCE_CRASH_PROXY")?.Split('@') is [var id, var start]
            ? new ProcessIdentity(int.Parse(id, CultureInfo.InvariantCulture), long.Parse(start, CultureInfo.InvariantCulture))
            : null;

    /// <summary>The file that fills the folder's disk.</summary>
    public static string Filler(string folder) => Path.Combine(folder, "filler");

    /// <summary>Where the folder is when it is gone.</summary>
    public static string Aside(string folder) => folder + ".aside";

    /// <summary>There once the trouble was made.</summary>
    public static string Made(string folder) => folder + ".trouble";

    /// <summary>
    /// There once the trouble was made when every fault was said to be gone and its guardian had left: nobody remembers what stood in a
    /// record, and nobody can know any more that it is of no fault.
    /// </summary>
    public static string MadeLate(string folder) => folder + ".trouble-late";

    /// <summary>Makes it.</summary>
    public static void Make(string trouble, string folder)
    {
        if (new Ledger(folder).Read() is { Faults.Count: > 0 } content
            && content.Faults.All(fault => fault.State == FaultState.Confirmed) && !content.Runs.Any(run => run.IsGuardianAlive))
        {
            File.WriteAllText(MadeLate(folder), trouble);
        }

        File.WriteAllText(Made(folder), trouble);
        switch (trouble)
        {
            case GuardianStopped:
                Stop(folder);
                break;
            case ProxyKilled:
                Kill(Proxy!.Value);
                break;
            case Full:
                Fill(Filler(folder));
                break;
            case ReadOnly:
                Run("mount", "--bind", folder, folder);
                Run("mount", "-o", "remount,ro,bind", folder);
                break;
            case Foreign when Environment.IsPrivilegedProcess:
                Run("chown", "65534", folder);
                break;
            case Foreign or Open:
                File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
                break;
            case Gone:
                Directory.Move(folder, Aside(folder));
                break;
            case Link:
                Directory.Move(folder, Aside(folder));
                File.CreateSymbolicLink(folder, Aside(folder));
                break;
            case AFile:
                Directory.Move(folder, Aside(folder));
                File.WriteAllText(folder, "");
                break;
            case WithoutFaults:
                Directory.Delete(Path.Combine(folder, "faults"), recursive: true);
                break;
            case WithoutLocks:
                Directory.Delete(Path.Combine(folder, "locks"), recursive: true);
                break;
            default:
                foreach (var file in Directory
                    .GetFiles(Path.Combine(folder, "faults"), "*.json")
                    .Where(file => Path.GetFileName(file)[0] != '.'))
                {
                    Damage(trouble, file);
                }

                break;
        }
    }

    /// <summary>Runs a program of the system.</summary>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {errors.Trim()}");
        }
    }

    /// <summary>Damages a record.</summary>
    public static void Damage(string way, string file)
    {
        var whole = File.ReadAllText(file);
        switch (way)
        {
            case Emptied:
                File.WriteAllText(file, "");
                break;
            case Halved:
                File.WriteAllText(file, whole[..(whole.Length / 2)]);
                break;
            case Deleted:
                File.Delete(file);
                break;
            case Newer:
                File.WriteAllText(file, whole.Replace("\"schema\": 1", "\"schema\": 2", StringComparison.Ordinal));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(way), way, "There is no such trouble.");
        }
    }

    private static void Stop(string folder)
    {
        if (new Ledger(folder).Read().Runs is [{ Guardian: { } guardian }] && ProcessHandle.TryOpen(guardian, out var handle, out _))
        {
            using (handle)
            {
                handle.Signal(PosixSignalNumber.Stop);
            }
        }
    }

    private static void Kill(ProcessIdentity process)
    {
        if (ProcessHandle.TryOpen(process, out var handle, out _))
        {
            using (handle)
            {
                handle.Signal(PosixSignalNumber.Kill);
            }
        }

        // Whoever asks it afterwards is to ask nobody.
        while (process.IsAlive)
        {
            Thread.Sleep(1);
        }
    }

    private static void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                stream.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }
}

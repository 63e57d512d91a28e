using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>The processes of the system, read from <c>/proc</c>. Elsewhere than on Linux it is empty.</summary>
public static class ProcessTable
{
    // Its threads are children of process 2, and have no program.
    private static bool IsOfKernel(int id) => id == KernelThreads || Find(id) is { ParentId: KernelThreads, GroupId: 0 };

    private const int KernelThreads = 2;

    // PF_SIGNALED, <linux/sched.h>.
    private const long EndedBySignal = 0x400;

    private static readonly TimeSpan StartOfProgram = TimeSpan.FromSeconds(1);

    /// <summary>Every process that we can see, in no order. One that ends meanwhile may or may not be there.</summary>
    /// <exception cref="IOException">The table cannot be read, for want of open files or memory: nothing is known then.</exception>
    public static IEnumerable<ProcessStatus> List()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Find(id) is { } status)
            {
                yield return status;
            }
        }
    }

    /// <summary>The process with this id; null when there is none.</summary>
    /// <exception cref="IOException">The system cannot say, for want of open files or memory.</exception>
    public static ProcessStatus? Find(int id)
    {
        if (Read(id, "stat") is not { } bytes)
        {
            return null;
        }

        // The name stands in parentheses and may itself hold any character: "12 (a) b) S 1 …".
        ReadOnlySpan<byte> line = bytes;
        var opening = line.IndexOf((byte)'(');
        var closing = line.LastIndexOf((byte)')');
        if (opening < 0 || closing + 2 >= line.Length)
        {
            return null;
        }

        var fields = line[(closing + 2)..];
        return new ProcessStatus(
            id,
            Encoding.UTF8.GetString(line[(opening + 1)..closing]),
            (char)fields[0],
            (int)Field(fields, 4),
            (int)Field(fields, 5),
            (int)Field(fields, 6),
            Field(fields, 22))
        {
            Threads = (int)Field(fields, 20),
            IsEndedBySignal = (Field(fields, 9) & EndedBySignal) != 0,
        };
    }

    /// <summary>
    /// The arguments that a process was started with, the program's name first; empty for a process that has ended or is just being
    /// started, null when it is not there.
    /// </summary>
    public static IReadOnlyList<string>? CommandLine(int id) => Read(id, "cmdline") is { } bytes ? Texts(bytes) : null;

    /// <summary>
    /// The same, for who has just started the process or met it by chance: between its start and the moment when the system has put its
    /// arguments in place, a program has none, and that moment is waited for. A program that overwrote its arguments has none either; it
    /// costs the wait, a second.
    /// </summary>
    public static IReadOnlyList<string>? SettledCommandLine(int id)
    {
        SpinWait.SpinUntil(() => CommandLine(id) is not { Count: 0 } || Find(id) is not { IsAlive: true }, StartOfProgram);
        return CommandLine(id);
    }

    /// <summary>The environment that a process was started with; null when it is not there or not ours to read.</summary>
    public static IReadOnlyDictionary<string, string>? Environment(int id)
    {
        if (Read(id, "environ") is not { } bytes)
        {
            return null;
        }

        var variables = new Dictionary<string, string>();
        foreach (var entry in Texts(bytes))
        {
            // A name may begin with the sign, and then has another.
            var mark = entry.Length == 0 ? -1 : entry.IndexOf('=', 1);
            if (mark > 0)
            {
                variables[entry[..mark]] = entry[(mark + 1)..];
            }
        }

        return variables;
    }

    /// <summary>
    /// The same, for who meets the process by chance: between the moment when it executes a program and the one when the system has put
    /// arguments and environment in place, it has neither, and that moment is waited for. A program that was started with neither costs the
    /// wait, a second.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? SettledEnvironment(int id)
    {
        if (Environment(id) is not { Count: 0 } || IsOfKernel(id))
        {
            return Environment(id);
        }

        SpinWait.SpinUntil(() => Environment(id) is not { Count: 0 }
            || CommandLine(id) is not { Count: 0 }
            || Find(id) is not { IsAlive: true }, StartOfProgram);
        return Environment(id);
    }

    /// <summary>
    /// The same as it stands, in its order: what holds no <c>=</c>, and what is there twice, as well. For who starts the program again.
    /// </summary>
    public static IReadOnlyList<string>? EnvironmentEntries(int id) => Read(id, "environ") is { } bytes ? Texts(bytes) : null;

    /// <summary>The directory that a process is in; null when it is not there or not ours to read.</summary>
    public static string? WorkingDirectory(int id) => Target(id, "cwd");

    /// <summary>
    /// The file of the program that a process runs, for a script its interpreter's; it ends with <c> (deleted)</c> when the file is no
    /// longer there. Null when the process is not there, not ours to read, or one of the kernel's own.
    /// </summary>
    public static string? ProgramFile(int id) => Target(id, "exe");

    /// <summary>
    /// What a descriptor of a process stands for: a path, or <c>pipe:[1234]</c>, <c>socket:[1234]</c> and the like; it ends with <c>
    /// (deleted)</c> when the file is no longer there. Null when the process is not there, not ours to read, or has no such descriptor.
    /// </summary>
    public static string? OpenFile(int id, int descriptor) => Target(id, string.Create(CultureInfo.InvariantCulture, $"fd/{descriptor}"));

    /// <summary>
    /// The namespace of a kind (<c>mnt</c>, <c>net</c>, <c>pid</c>, <c>user</c>) that a process is in; null when it is not there or not
    /// ours to read.
    /// </summary>
    public static string? Namespace(int id, string kind) => Target(id, $"ns/{kind}");

    /// <summary>
    /// A line of <c>/proc/PID/status</c> by its name, such as <c>Uid</c>, without the name; null when there is none or the process is not
    /// there.
    /// </summary>
    public static string? StatusLine(int id, string name) =>
        Read(id, "status") is { } bytes
            ? Encoding.UTF8
                .GetString(bytes)
                .Split('\n')
                .FirstOrDefault(line => line.StartsWith($"{name}:\t", StringComparison.Ordinal))?[(name.Length + 2)..]
            : null;

    // The target is read as it stands: "/a (deleted)" and "pipe:[1]" are no paths to be made absolute.
    private static string? Target(int id, string name)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{name}")).LinkTarget;
        }
        catch (Exception failure) when (Absence.IsMeantBy(failure))
        {
            return null;
        }
    }

    private static byte[]? Read(int id, string name) => OperatingSystem.IsLinux() && id > 0 ? ProcFile.Read(id, name) : null;

    /// <summary>A number among the fields of <c>stat</c>, by its place in proc(5), where the first after the name is field 3.</summary>
    private static long Field(ReadOnlySpan<byte> fields, int place)
    {
        for (var i = 3; i < place; i++)
        {
            fields = fields[(fields.IndexOf((byte)' ') + 1)..];
        }

        return Utf8Parser.TryParse(fields, out long value, out _) ? value : 0;
    }

    private static List<string> Texts(ReadOnlySpan<byte> bytes)
    {
        List<string> texts = [];
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)0);
            texts.Add(SystemText.Decode(end < 0 ? bytes : bytes[..end]));
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }

        return texts;
    }
}

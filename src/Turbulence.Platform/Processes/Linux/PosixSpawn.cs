using System.Collections;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>Starts a program with <c>posix_spawn</c>(3), which neither copies our memory nor runs our code in the child.</summary>
internal static unsafe class PosixSpawn
{
    // <spawn.h>, the same in glibc and musl.
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    // glibc's and musl's structures take at most 336 bytes, and a signal set 128.
    private const int StructureSize = 512;

    /// <summary>Starts the program.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="files">The descriptors that become 0, 1 and 2 in the child; -1 leaves ours in place.</param>
    /// <param name="process">The child's id.</param>
    /// <returns>0, or the error number, that of <c>chdir</c> and <c>exec</c> in the child included.</returns>
    public static int Start(ProcessStartOptions options, ReadOnlySpan<int> files, out int process)
    {
        var actions = stackalloc byte[StructureSize];
        var attributes = stackalloc byte[StructureSize];
        LibC.InitializeSpawnActions(actions);
        LibC.InitializeSpawnAttributes(attributes);
        try
        {
            SetSignals(attributes, options.OwnSession ? SetSession : (short)0);
            process = 0;
            var error = AddActions(actions, options, files);
            if (error != 0)
            {
                return error;
            }

            using var command = new CStrings([options.FileName, options.ProgramName ?? options.FileName, .. options.Arguments]);
            var kept = options.EnvironmentEntries is null && options.Environment is ProcessEnvironment known ? known.Entries : null;
            using var made = kept is null ? new CStrings(EnvironmentOf(options)) : null;
            int id;
            using var name = new ThreadName(options.NameBeforeExec);
            error = LibC.Spawn(&id, command.Pointers[0], actions, attributes, command.Pointers + 1, (kept ?? made)!.Pointers);
            GC.KeepAlive(kept);
            process = error == 0 ? id : 0;
            return error;
        }
        finally
        {
            LibC.DestroySpawnAttributes(attributes);
            LibC.DestroySpawnActions(actions);
        }
    }

    private static int AddActions(byte* actions, ProcessStartOptions options, ReadOnlySpan<int> files)
    {
        var error = 0;
        for (var i = 0; i < files.Length && error == 0; i++)
        {
            error = files[i] < 0 ? 0 : LibC.AddSpawnDuplicate(actions, files[i], i);
        }

        if (error == 0)
        {
            error = CloseTheRest(actions);
        }

        return error == 0 && options.WorkingDirectory is { } directory ? LibC.AddSpawnDirectory(actions, directory) : error;
    }

    /// <summary>
    /// Nothing blocked, nothing ignored: .NET ignores SIGPIPE, and what is ignored stays so through exec. In such a child
    /// <c>yes | head</c> never ends.
    /// </summary>
    private static void SetSignals(byte* attributes, short more)
    {
        var signals = stackalloc byte[StructureSize];
        LibC.EmptySignalSet(signals);
        LibC.SetSpawnSignalMask(attributes, signals);
        LibC.FillSignalSet(signals);
        LibC.SetSpawnDefaultSignals(attributes, signals);
        LibC.SetSpawnFlags(attributes, (short)(SetSignalDefaults | SetSignalMask | more));
    }

    /// <summary>
    /// What .NET opens is closed on exec by itself; what our own parent or a native library left open is not. Before glibc 2.34, and in
    /// musl, there is no such action, and only the former holds.
    /// </summary>
    private static int CloseTheRest(byte* actions)
    {
        try
        {
            return LibC.AddSpawnCloseFrom(actions, 3);
        }
        catch (EntryPointNotFoundException)
        {
            return 0;
        }
    }

    private static List<string> EnvironmentOf(ProcessStartOptions options)
    {
        List<string> entries = [];
        if (options.EnvironmentEntries is { } whole)
        {
            entries.AddRange(whole);
        }
        else if (options.Environment is { } environment)
        {
            foreach (var (name, value) in environment)
            {
                entries.Add($"{name}={value}");
            }
        }
        else
        {
            // The C library's own copy does not know what was set from managed code.
            foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            {
                entries.Add($"{entry.Key}={entry.Value}");
            }
        }

        return entries;
    }
}

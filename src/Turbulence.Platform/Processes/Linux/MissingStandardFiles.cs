using System.Globalization;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Descriptors 0 to 2 of a process that was started with some of them closed. What is opened next gets their numbers: by the time that our
/// code begins, pipes with which the runtime talks to itself, and whatever is printed would be read there as orders; later a journal, into
/// which messages would be written.
/// </summary>
internal static unsafe class MissingStandardFiles
{
    private const string Nothing = "/dev/null";
    private const string Self = "/proc/self/exe";
    private const int Executable = 1;

    /// <summary>Puts <c>/dev/null</c> in the place of each that is missing.</summary>
    public static void Replace()
    {
        List<int> taken = [];
        for (var number = 0; number <= 2; number++)
        {
            if (Target(number) is not { } target)
            {
                // The lowest number that is free is this one.
                LibC.Open(Nothing, LibC.OpenReadWrite, 0).SetHandleAsInvalid();
            }
            else if (IsRuntimes(number, target))
            {
                taken.Add(number);
            }
        }

        if (taken.Count > 0)
        {
            BeginAgain(taken);
        }
    }

    /// <summary>
    /// Whether the descriptor is one of the runtime's: what is closed when a program is executed (the native runtime's source of random
    /// numbers), which nobody can inherit; one end of a pipe whose other end is in this process as well; memory; a queue of events.
    /// </summary>
    private static bool IsRuntimes(int number, string target)
    {
        if (LibC.DescriptorFlags(number) is var flags and >= 0 && (flags & LibC.CloseOnExec) != 0)
        {
            return true;
        }

        if (target.StartsWith("anon_inode:", StringComparison.Ordinal)
            || target.StartsWith("/memfd:doublemapper", StringComparison.Ordinal))
        {
            return true;
        }

        return target.StartsWith("pipe:", StringComparison.Ordinal)
            && Directory.EnumerateFiles("/proc/self/fd")
                .Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture))
                .Any(other => other != number && Target(other) == target && AccessMode(other) != AccessMode(number));
    }

    // The runtime cannot be told other numbers, so the program is executed once more, with files in all three places.
    private static void BeginAgain(List<int> taken)
    {
        var arguments = File.ReadAllBytes("/proc/self/cmdline");
        var environment = File.ReadAllBytes("/proc/self/environ");
        using var nothing = LibC.Open(Nothing, LibC.OpenReadWrite | LibC.OpenCloseOnExec, 0);
        if (nothing.IsInvalid || LibC.Access(Self, Executable) != 0)
        {
            return;
        }

        fixed (byte* words = arguments, variables = environment)
        {
            var first = Pointers(words, arguments);
            var second = Pointers(variables, environment);
            fixed (nint* wordTable = first, variableTable = second)
            {
                foreach (var number in taken)
                {
                    _ = LibC.Duplicate((int)nothing.DangerousGetHandle(), number);
                }

                _ = LibC.Execute(Self, (byte**)wordTable, (byte**)variableTable);
            }
        }
    }

    /// <summary>Where each text of a block of zero-ended texts begins, then a null.</summary>
    private static nint[] Pointers(byte* block, byte[] content)
    {
        List<nint> pointers = [];
        for (var at = 0; at < content.Length; at = Array.IndexOf(content, (byte)0, at) + 1)
        {
            pointers.Add((nint)(block + at));
            if (Array.IndexOf(content, (byte)0, at) < 0)
            {
                break;
            }
        }

        return [.. pointers, 0];
    }

    private static string? Target(int number) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{number}")).LinkTarget;

    // The second line of fdinfo(5), octal; its lowest two bits are O_RDONLY, O_WRONLY or O_RDWR.
    private static int AccessMode(int number)
    {
        try
        {
            var flags = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{number}"))
                .First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (flags[^1] - '0') & 3;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}

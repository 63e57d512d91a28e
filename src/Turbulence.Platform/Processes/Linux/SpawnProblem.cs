namespace Turbulence.Platform.Processes.Linux;

/// <summary>Says in words why a program could not be started.</summary>
internal static class SpawnProblem
{
    /// <summary>What the system could not even be asked: it would see a text end at its first NUL.</summary>
    public static ProcessStartFailure? Before(ProcessStartOptions options)
    {
        IEnumerable<string> texts = [
            options.FileName, options.WorkingDirectory ?? "", .. options.Arguments, .. options.EnvironmentEntries ?? [],
        ];
        var isCut = options.Environment is ProcessEnvironment { Entries.HasNul: true };
        if (options.Environment is { } environment and not ProcessEnvironment)
        {
            texts = texts.Concat(environment.Keys).Concat(environment.Values);
        }

        return isCut || texts.Any(static text => text.Contains('\0', StringComparison.Ordinal))
            ? new ProcessStartFailure(
                LibC.ErrorInvalid,
                $"cannot start {Printable(options.FileName)}: a NUL character in its name, arguments, directory or environment")
            : null;
    }

    /// <summary>The error number is the same whether the directory or the program is at fault, so the directory is looked at.</summary>
    public static ProcessStartFailure After(ProcessStartOptions options, int error) =>
        options.WorkingDirectory is { } directory && LibC.Access(directory + "/.", 1) != 0
            ? SystemError.Last($"cannot start {options.FileName} in the directory {directory}")
            : SystemError.Of(error, $"cannot start {options.FileName}");

    private static string Printable(string text) => text.Replace("\0", "\\0", StringComparison.Ordinal);
}

/// <summary>The programs that were built with the tests.</summary>
internal static class BuiltProgram
{
    private const string NativePrograms = "NATIVE_PROGRAMS";

    private static readonly string? Folder = Environment.GetEnvironmentVariable(NativePrograms) is { Length: > 0 } folder ? folder : null;
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The top of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Own.FullName, "..", "..", "..", ".."));

    /// <summary>Whether <see cref="Shipped"/> gives native programs.</summary>
    public static bool IsNative => Folder is not null;

    /// <summary>A program, or an assembly, in the configuration of the tests: <c>artifacts/bin/PROJECT/CONFIGURATION</c>.</summary>
    public static string Built(string project, string program) => Path.Combine(Own.Parent!.Parent!.FullName, project, Own.Name, program);

    /// <summary>A program that brings an older .NET with it, as <c>.ci/run</c> publishes it; there need not be one.</summary>
    /// <param name="framework">That of its project: <c>net8.0</c>.</param>
    /// <param name="project">Its project.</param>
    /// <param name="program">Its name.</param>
    public static string Older(string framework, string project, string program) =>
        Path.Combine(Root, "artifacts", "older", framework, "publish", project, "release", program);

    /// <summary>
    /// A program that is started often: the native one from the folder <c>NATIVE_PROGRAMS</c> where that names one, as in the gate, which
    /// so tests what users get; else the one that was compiled ahead of time in <see cref="Built"/>'s folder <c>quick</c>, if there is one.
    /// </summary>
    public static string Shipped(string project, string program)
    {
        if (Folder is not { } folder)
        {
            var quick = Built(project, Path.Combine("quick", program));
            return File.Exists(quick) ? quick : Built(project, program);
        }

        var native = Path.Combine(folder, project, "release", program);
        return File.Exists(native) ? native : throw new FileNotFoundException($"{NativePrograms} is set, and there is no {native}.");
    }
}

using System.Diagnostics.CodeAnalysis;

/// <summary>
/// What a test needs beyond the .NET SDK, and how to get it on Debian. Where the machine lacks it the test is skipped and says so; the gate
/// installs it all, and fails for what is skipped there all the same.
/// </summary>
internal static class Needs
{
    /// <summary>Why a test is skipped that needs a Python of 3.8 or newer.</summary>
    public const string Python = "needs python3 (apt-get install python3)";

    /// <summary>Skips the test where something else is not there. No test is skipped but through here.</summary>
    /// <param name="isThere">Whether it is.</param>
    /// <param name="reason">What is missing, and how to get it where it can be had.</param>
    public static void That([DoesNotReturnIf(false)] bool isThere, string reason) => Assert.SkipUnless(isThere, reason);

    /// <summary>The file of Python's program; the test is skipped without one.</summary>
    public static string PythonProgram() => Find("python3", Python);

    /// <summary>Skips the test of this language where its worker cannot be started.</summary>
    public static void Language(string language)
    {
        if (language == "python")
        {
            PythonProgram();
        }
    }

    /// <summary>The file of a program; the test is skipped without one.</summary>
    /// <param name="name">The program.</param>
    /// <param name="package">Debian's package that brings it.</param>
    public static string Program(string name, string package) => Find(name, $"needs {name} (apt-get install {package})");

    /// <summary>Skips the test for everybody but root.</summary>
    /// <param name="purpose">What it does as root: <c>to mount a disk</c>.</param>
    public static void Root(string purpose) => That(Environment.IsPrivilegedProcess, $"needs root, {purpose}");

    /// <summary>The file of a program, or null, for who goes on without one.</summary>
    /// <param name="name">The program.</param>
    public static string? Search(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string Find(string name, string reason)
    {
        var file = Search(name);
        That(file is not null, reason);
        return file;
    }
}

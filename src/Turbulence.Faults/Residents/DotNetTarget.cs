using System.Globalization;
using System.Text.Json;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>
/// A running .NET process, as far as it can be entered: where its temporary folder is as it and as we see it, who it is inside of its
/// container, and what runtime is in it.
/// </summary>
/// <param name="Process">The process.</param>
/// <param name="InnerId">Its id as it sees it itself.</param>
/// <param name="Root">What comes before a path that it sees, for us: empty, or <c>/proc/PID/root</c>.</param>
/// <param name="Places">The folders in which it can be awaited, as it sees them, in the order in which they are tried.</param>
/// <param name="Channel">Its diagnostics channel, as we see it.</param>
/// <param name="Runtime">Its runtime.</param>
internal sealed record DotNetTarget(
    ProcessIdentity Process, int InnerId, string Root, IReadOnlyList<string> Places, string Channel, RuntimeFacts Runtime)
{
    /// <summary>That its runtime loads nothing when it is told to, and what to do, in words that follow the name of the process.</summary>
    public const string WithoutHooks = "was built without startup hooks (System.StartupHookProvider.IsSupported is false, as trimming "
        + "sets it): build it with <StartupHookSupport>true</StartupHookSupport>";

    /// <summary>The oldest runtime that can be told to load an assembly.</summary>
    private const int OldestRuntime = 8;

    /// <summary>
    /// How many files loading an assembly and opening a door take, and as many again for what the program does meanwhile.
    /// </summary>
    private const int SpareFiles = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Looks at a process, and asks its runtime. Nothing is changed in it.</summary>
    /// <returns>The target, or why it cannot be entered and what to do, in one line that follows the name of the process.</returns>
    public static async Task<(DotNetTarget? Target, string? Problem)> FindAsync(
        ProcessStatus process, TimeProvider time, CancellationToken cancellationToken)
    {
        if (process.State is 'T' or 't')
        {
            return (null, "is stopped, so that its runtime answers nobody");
        }

        if (ProcessTable.SettledEnvironment(process.Id) is not { } environment)
        {
            return (null, $"cannot be looked into: {ProcessOwner.OurRefusal}");
        }

        var root = RootOf(process.Id);
        var inner = InnerIdOf(process.Id);
        var temporary = environment.GetValueOrDefault("TMPDIR") is { Length: > 0 } named ? named : "/tmp";
        if (ChannelIn(root + temporary, inner) is not { } channel)
        {
            return (null, WithoutChannel(process.Id, environment, temporary));
        }

        if (Unready(process.Id) is { } unready)
        {
            return (null, unready);
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        RuntimeFacts runtime;
        try
        {
            runtime = await new DiagnosticsChannel(channel, process.Identity).AskAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"does not answer on its diagnostics channel within {Patience.TotalSeconds} s"));
        }

        return runtime.Problem is { } silent ? (null, $"cannot be entered: {silent}")
            : runtime.Major < OldestRuntime
                ? (null, $"runs on .NET {runtime.Version}, which cannot be told to load an assembly: it takes .NET {OldestRuntime} or later")
            : HooksAreOff(process.Id, root, runtime.EntryAssembly)
                ? (null, WithoutHooks)
            : (new DotNetTarget(process.Identity, inner, root, [temporary, "/dev/shm", "/var/tmp"], channel, runtime), null);
    }

    /// <summary>
    /// Why a process would be harmed when it was told to load an assembly now, in words that follow its name; null where it would not. To
    /// be asked right before it is told: what it cannot load ends it, and what it is told before its program begins it loads only then.
    /// </summary>
    public static string? Unready(int process) =>
        !HasBegun(process)
            ? "has not begun: it has only just been started, or its runtime waits for who is to say that it may go on "
                + "(DOTNET_DefaultDiagnosticPortSuspend, DOTNET_DiagnosticPorts)"
        : SpareFilesOf(process) is { } spare && spare < SpareFiles
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"has only {spare} more files to open, and an assembly that could not be loaded would end it: {SpareFiles} are needed")
        : null;

    /// <summary>Whether a process has a file in its memory, whatever became of that since.</summary>
    /// <param name="process">The process.</param>
    /// <param name="name">The file's name, without its folder.</param>
    public static bool HasLoaded(int process, string name) =>
        MappedFiles(process).Any(file => file.EndsWith($"/{name}", StringComparison.Ordinal) || file.Contains($"/{name} ", StringComparison.Ordinal));

    /// <summary>Its id as it sees it itself: the last of those that it has in the namespaces from ours down to its own.</summary>
    public static int InnerIdOf(int process) =>
        ProcessTable.StatusLine(process, "NSpid")?.Split('\t') is [.., var last]
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : process;

    private static string RootOf(int process)
    {
        var root = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/root");
        return ProcessTable.Namespace(process, "mnt") == ProcessTable.Namespace(Environment.ProcessId, "mnt")
            && new FileInfo(root).LinkTarget == "/" ? "" : root;
    }

    // Its key is the start of the process, which a container may count from elsewhere: whose it is tells the socket itself.
    private static string? ChannelIn(string folder, int inner)
    {
        try
        {
            return Directory
                .GetFiles(folder, string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{inner}-*-socket"))
                .OrderDescending(StringComparer.Ordinal)
                .FirstOrDefault();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string WithoutChannel(int process, IReadOnlyDictionary<string, string> environment, string temporary)
    {
        string[] switches = ["DOTNET_EnableDiagnostics", "DOTNET_EnableDiagnostics_IPC", "COMPlus_EnableDiagnostics"];
        var off = switches.FirstOrDefault(name => environment.GetValueOrDefault(name) == "0");
        return !MappedFiles(process).Any(static file => Path.GetFileName(file) is "libcoreclr.so" or "System.Private.CoreLib.dll")
                ? "is no .NET process that could be entered: a native AOT program has no runtime that loads an assembly, and others have none at all"
                    + (off is null ? "" : $"; one in a single file was closed by {off}=0, with which it was started")
                    + "; syscall.* and network.* work on any"
            : off is not null
                ? $"was started with {off}=0, which turns the diagnostics channel off that it would be entered by: start it without"
            : $"has no diagnostics channel in {temporary}, where it should be: somebody has removed it (start it again), or TMPDIR was changed";
    }

    private static bool HooksAreOff(int process, string root, string entry)
    {
        try
        {
            return MappedFiles(process).FirstOrDefault(file => Path.GetFileName(file) == $"{entry}.dll") is { } assembly
                && Path.Combine(root + Path.GetDirectoryName(assembly), $"{entry}.runtimeconfig.json") is var file
                && File.Exists(file)
                && JsonDocument.Parse(File.ReadAllBytes(file)) is var document
                && document.RootElement.TryGetProperty("runtimeOptions", out var options)
                && options.TryGetProperty("configProperties", out var properties)
                && properties.TryGetProperty("System.StartupHookProvider.IsSupported", out var supported)
                && supported.ValueKind == JsonValueKind.False;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // The last field of each line, which begins with a slash for a file.
    private static IEnumerable<string> MappedFiles(int process)
    {
        try
        {
            return [.. File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/maps"))
                .Select(static line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? line[at..] : "")
                .Where(static file => file.Length > 0)
                .Distinct()];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // One of the last things that a runtime makes before it carries out anything.
    private static bool HasBegun(int process)
    {
        const string Finalizer = ".NET Finalizer";
        try
        {
            return Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task"))
                .Any(static thread => NameOf(thread) == Finalizer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Threads come and go while they are looked at.
    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int? SpareFilesOf(int process)
    {
        try
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
            return File
                .ReadLines($"{folder}/limits")
                .FirstOrDefault(static line => line.StartsWith("Max open files", StringComparison.Ordinal))?
                .Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..]
                && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                    ? most - Directory.GetFileSystemEntries($"{folder}/fd")
                        .Count(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture) < most)
                    : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;

/// <summary>
/// The tests' .NET program that faults work inside of. It ends with its input, and so with whoever started it; its temporary folder is its
/// own, where nothing may be left.
/// </summary>
internal sealed class InnerProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<InnerProcess>>> Shared = new();

    private readonly ChildProcess child;
    private readonly HttpClient client;

    private InnerProcess(ChildProcess child, int id, int port, string folder)
    {
        this.child = child;
        Id = id;
        Folder = folder;
        Port = port;
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>
    /// One for all tests of a class, which go on one after the other and leave it as it was; it ends with the last of all.
    /// </summary>
    public static Task<InnerProcess> SharedAsync() => Shared
        .GetOrAdd(TestContext.Current.TestClass!.TestClassName, static _ => new Lazy<Task<InnerProcess>>(UntilTheEndAsync))
        .Value;

    /// <summary>Starts one that ends with the last of all tests.</summary>
    public static async Task<InnerProcess> UntilTheEndAsync()
    {
        var shared = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shared.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return shared;
    }

    public int Id { get; }

    public int Port { get; }

    public string Folder { get; }

    /// <summary>Starts it.</summary>
    /// <param name="variables">More of its environment.</param>
    public static Task<InnerProcess> StartAsync(params (string Name, string Value)[] variables) =>
        StartAsync([], BuiltProgram.Built("InnerTarget", "inner-target"), variables);

    /// <summary>Starts it by another program, such as one that puts it into a container.</summary>
    /// <param name="starter">The program with its arguments; none for none.</param>
    /// <param name="program">What is started.</param>
    /// <param name="variables">More of its environment.</param>
    public static async Task<InnerProcess> StartAsync(string[] starter, string program, params (string Name, string Value)[] variables)
    {
        var folder = Directory.CreateTempSubdirectory("turbulence-inner-").FullName;
        Dictionary<string, string> environment = new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HOME"] = folder,
            ["TMPDIR"] = folder,
            ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        var options = new ProcessStartOptions
        {
            FileName = starter is [var first, ..] ? ExecutableSearch.Find(first)! : program,
            Arguments = starter is [_, .. var rest] ? [.. rest, program] : [],
            WorkingDirectory = folder,
            Environment = environment,
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Null,
        };
        Assert.True(ChildProcess.TryStart(options, out var child, out var failure), failure?.Message);
        using var reader = new StreamReader(child.StandardOutput, Encoding.UTF8, leaveOpen: true);
        var port = int.Parse((await reader.ReadLineAsync())!, CultureInfo.InvariantCulture);
        return new InnerProcess(child, ListeningProcess.Find(port)[0].Id, port, folder);
    }

    /// <summary>What it says to a path.</summary>
    public Task<string> AskAsync(string path) => client.GetStringAsync(path);

    /// <summary>The same, whatever the status is: <c>200 pong</c>, or the exception's name.</summary>
    public async Task<string> TryAsync(string path)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException failure)
        {
            return failure.GetType().Name;
        }
    }

    /// <summary>Lets it call another server; what it says of that, as <c>Work.CallAsync</c> has it.</summary>
    public async Task<string[]> CallAsync(string url) => (await AskAsync($"/call?url={Uri.EscapeDataString(url)}")).Split('|');

    public void Signal(PosixSignalNumber signal) => child.SignalGroup(signal);

    /// <summary>How many files it has open.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{Id}/fd").Length;

    /// <summary>The largest number of those.</summary>
    public int LastFile => Directory.GetFileSystemEntries($"/proc/{Id}/fd")
        .Max(static file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture));

    /// <summary>How many threads it has.</summary>
    public int ThreadCount => Directory.GetDirectories($"/proc/{Id}/task").Length;

    /// <summary>What is still inside or beside it, in one line; null for nothing.</summary>
    public string? Residue() =>
        Places().SelectMany(static place => Directory.GetDirectories(place, "turbulence-*")).FirstOrDefault(IsOwn) is { } folder
            ? $"{folder} is left"
            : Threads().FirstOrDefault(static name => name.StartsWith("turbulence", StringComparison.Ordinal)) is { } thread
                ? $"its thread '{thread}' is left"
            : null;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        child.SignalGroup(PosixSignalNumber.Kill);
        await child.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string[] Places() => [Folder, "/dev/shm", "/var/tmp"];

    // Its temporary folder is its own, where it may have another id of its own; the others are everybody's.
    private bool IsOwn(string folder) => folder.StartsWith(Folder, StringComparison.Ordinal)
        || Path.GetFileName(folder).StartsWith($"turbulence-{Id}-", StringComparison.Ordinal);

    private List<string> Threads()
    {
        List<string> names = [];
        try
        {
            foreach (var thread in Directory.GetDirectories($"/proc/{Id}/task"))
            {
                names.Add(File.ReadAllText($"{thread}/comm").Trim());
            }
        }
        catch (IOException)
        {
            // One that has just ended, or all of them.
        }

        return names;
    }
}

using System.Globalization;
using System.Text;
using Turbulence.Platform.Processes;

/// <summary>
/// The tests' .NET program that faults work inside of. It ends with its input, and so with whoever started it; its temporary folder is its
/// own, where nothing may be left.
/// </summary>
internal sealed class InnerProcess : IAsyncDisposable
{
    private static readonly Lazy<Task<InnerProcess>> One = new(StartSharedAsync);

    private readonly ChildProcess child;
    private readonly HttpClient client;

    private InnerProcess(ChildProcess child, int port, string folder)
    {
        this.child = child;
        Folder = folder;
        Port = port;
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>One for all tests that leave it as it was; it ends with them.</summary>
    public static Task<InnerProcess> SharedAsync() => One.Value;

    public int Id => child.Id;

    public int Port { get; }

    public string Folder { get; }

    /// <summary>Starts it.</summary>
    /// <param name="variables">More of its environment.</param>
    public static async Task<InnerProcess> StartAsync(params (string Name, string Value)[] variables)
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
            FileName = BuiltProgram.Built("InnerTarget", "inner-target"),
            WorkingDirectory = folder,
            Environment = environment,
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Null,
        };
        Assert.True(ChildProcess.TryStart(options, out var child, out var failure), failure?.Message);
        using var reader = new StreamReader(child.StandardOutput, Encoding.UTF8, leaveOpen: true);
        return new InnerProcess(child, int.Parse((await reader.ReadLineAsync())!, CultureInfo.InvariantCulture), folder);
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

    /// <summary>What is still inside or beside it, in one line; null for nothing.</summary>
    public string? Residue() =>
        Places().SelectMany(place => Directory.GetDirectories(place, $"turbulence-{Id}-*")).FirstOrDefault() is { } folder
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

    private static async Task<InnerProcess> StartSharedAsync()
    {
        var shared = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shared.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return shared;
    }

    private string[] Places() => [Folder, "/dev/shm", "/var/tmp"];

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

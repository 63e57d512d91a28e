using System.Diagnostics;
using System.Text;

namespace RandomNumbers.Tests;

/// <summary>A service in a process of its own, ready; killed with the test if it still runs.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http;

    private RunningService(Process process, string url)
    {
        this.process = process;
        Url = url;
        http = new HttpClient { BaseAddress = new Uri(url), Timeout = Deadline.Generous };
    }

    public string Url { get; }

    public int Port => new Uri(Url).Port;

    public int Pid => process.Id;

    public static Task<RunningService> RandServerAsync(
        TemporaryFolder folder, string name = "primary", int port = 0, Dictionary<string, string>? environment = null) =>
        StartAsync(folder, Programs.RandServer, [port.ToString(System.Globalization.CultureInfo.InvariantCulture), name], environment);

    /// <summary>
    /// Starts require_rand on a free port; the servers' names are their positions: first, second, … Its times are those that a
    /// busy machine keeps, unless the test gives others.
    /// </summary>
    public static Task<RunningService> RequireRandAsync(TemporaryFolder folder, string[] servers, params string[] more)
    {
        string[] names = ["first", "second", "third"];
        var options = servers.SelectMany((url, index) => (string[])["--server", $"{names[index]}={url}"]);
        return StartAsync(folder, Programs.RequireRand, ["--port", "0", "--timeout", "60", "--hedge-after", "60", .. options, .. more]);
    }

    public async Task<HttpResponseMessage> GetAsync(string path) => await http.GetAsync(new Uri(path, UriKind.Relative), Deadline.Token);

    public Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    public async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        return await http.PostAsync(new Uri("/", UriKind.Relative), content, Deadline.Token);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await http.SendAsync(request, Deadline.Token);
    }

    /// <summary>Sends a signal and waits for the end; the exit code.</summary>
    public async Task<int> EndAsync(string signal)
    {
        await Programs.SignalAsync(signal, Pid);
        await process.WaitForExitAsync(Deadline.Token).WaitAsync(Deadline.Generous, Deadline.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static async Task<RunningService> StartAsync(
        TemporaryFolder folder, string program, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var process = Programs.Start(folder.Path, program, environment ?? [], arguments);
        var ready = await process.StandardOutput.ReadLineAsync(Deadline.Token).AsTask().WaitAsync(Deadline.Generous, Deadline.Token);
        if (ready is null)
        {
            Assert.Fail(await process.StandardError.ReadToEndAsync(Deadline.Token));
        }

        Assert.Contains(" listens on http://localhost:", ready, StringComparison.Ordinal);
        return new RunningService(process, ready[(ready.LastIndexOf(' ') + 1)..]);
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Turbulence.Values;

namespace Turbulence.Cli.Wizard.Places;

/// <summary>What a URL answers now: the tolerance of its probe can be that.</summary>
/// <param name="Status">The status; null where nobody answered.</param>
/// <param name="Text">What came, in one line.</param>
internal sealed record AskedUrl(int? Status, string Text)
{
    private const int Shown = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks it once, by GET; no redirect is followed, and no proxy is used.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="time">Measures how long it takes.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<AskedUrl> AskAsync(string url, TimeProvider time, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var begun = time.GetTimestamp();
        try
        {
            using var response = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, either.Token);
            var took = time.GetElapsedTime(begun).TotalMilliseconds;
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var head = new byte[Shown * 4];
            var length = await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, either.Token);
            var words = Encoding.UTF8.GetString(head, 0, length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var line = string.Join(' ', words);
            var shown = line.Length == 0 ? "" : $": {SecretMask.None.Mask(line).Shorten(Shown)}";
            var status = (int)response.StatusCode;
            return new AskedUrl(status, string.Create(CultureInfo.InvariantCulture, $"It answers {status} in {took:0} ms{shown}"));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new AskedUrl(null, $"Nobody answered within {Patience.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or UriFormatException)
        {
            return new AskedUrl(null, $"Nobody answers there now: {failure.Message.TrimEnd('.')}");
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Text;
using Turbulence.Documents;
using Turbulence.Http;

namespace Turbulence.Loading;

/// <summary>
/// Downloads an experiment. Redirects are followed by hand, because who may see credentials is decided anew at each of them.
/// </summary>
/// <param name="options">Tells who is trusted, and the limits.</param>
/// <param name="time">Measures the time limit.</param>
internal sealed class HttpSource(LoadOptions options, TimeProvider time)
{
    private const string Failure = "Failed to fetch the experiment: ";
    private const int MaximumRedirects = 30;
    private const int MaximumErrorBody = 16 * 1024;
    private const int MaximumErrorText = 500;

    private readonly SourceAuthorization authorization = new(options);

    private bool ReferenceRules => options.Compatibility == Compatibility.ChaosToolkit;

    /// <summary>Downloads <paramref name="source"/>. What stands in the way is a failure, not an exception.</summary>
    public async Task<SourceContent> ReadAsync(Uri source, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.EffectiveTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var client = Client();
            return await FollowAsync(client, source, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var seconds = options.EffectiveTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return SourceContent.Failed($"{Failure}no whole answer from {SourceUrl.Netloc(source)} within {seconds} seconds");
        }
        catch (Exception reason) when (reason is HttpRequestException or IOException or InvalidOperationException or FormatException)
        {
            return SourceContent.Failed($"{Failure}{SourceUrl.Netloc(source)}: {OneLine(reason.GetBaseException().Message)}");
        }
    }

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
        if (!options.VerifyTls)
        {
#pragma warning disable CA5359 // Somebody asked for exactly this with --no-verify-tls.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async Task<SourceContent> FollowAsync(HttpClient client, Uri source, CancellationToken cancellation)
    {
        var url = source;
        var credentials = authorization.For(source);
        if (credentials?.Any(char.IsControl) == true)
        {
            return SourceContent.Failed($"{Failure}the credentials for {SourceUrl.Netloc(source)} can not stand in a header");
        }

        for (var redirects = 0; redirects <= MaximumRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "application/json, application/x-yaml");
            if (credentials is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", credentials);
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (ContentLength.Problem(response) is { } problem)
            {
                return SourceContent.Failed($"{Failure}the answer of {SourceUrl.Netloc(url)} cannot be used: {problem}");
            }

            if (Redirection(url, response) is not { } target)
            {
                return await ContentAsync(source, url, response, cancellation);
            }

            if (target.Scheme is not ("http" or "https"))
            {
                return SourceContent.Failed(ExperimentLoader.UnsupportedScheme(target.Scheme));
            }

            if (url.Scheme == "https" && target.Scheme == "http" && !ReferenceRules)
            {
                return SourceContent.Failed(
                    $"{Failure}{SourceUrl.Netloc(url)} redirects from https to http, where anybody could change the experiment");
            }

            credentials = HttpOrigin.IsSame(url, target) ? credentials : null;
            url = target;
        }

        return SourceContent.Failed(string.Create(CultureInfo.InvariantCulture, $"{Failure}more than {MaximumRedirects} redirects"));
    }

    private static Uri? Redirection(Uri from, HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            ? new Uri(from, location)
            : null;

    private async Task<SourceContent> ContentAsync(Uri source, Uri url, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var (start, _) = await ReadUpToAsync(response, MaximumErrorBody, cancellation);
            return SourceContent.Failed(Refused(source, response, Encoding.UTF8.GetString(start.Span)));
        }

        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        var formats = ReferenceRules ? MediaTypes.ReferenceFormats(type) : MediaTypes.Formats(type, url.AbsolutePath);
        if (formats.Count == 0)
        {
            var detail = ReferenceRules
                ? ""
                : $" (the server sent {(type is null ? "no content type" : $"the content type '{OneLine(type)}'")})";
            return SourceContent.Failed(SourceContent.UnknownFormat + detail);
        }

        var (body, isWhole) = await ReadUpToAsync(response, options.MaximumSize, cancellation);
        return isWhole
            ? new SourceContent(body, formats)
            : SourceContent.Failed(Failure + SourceContent.TooLarge("the answer", options.MaximumSize));
    }

    private string Refused(Uri source, HttpResponseMessage response, string body)
    {
        if (ReferenceRules)
        {
            return Failure + body;
        }

        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        var text = OneLine(body);
        var hint = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            ? authorization.Hint(source)
            : "";
        return $"{Failure}{status}{(text.Length == 0 ? "" : $": {text}")}{hint}";
    }

    private static async Task<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadUpToAsync(
        HttpResponseMessage response, long maximum, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            var room = (int)Math.Min(count, maximum - body.Length);
            body.Write(buffer, 0, room);
            if (room < count)
            {
                return (body.GetBuffer().AsMemory(0, (int)body.Length), false);
            }
        }

        return (body.GetBuffer().AsMemory(0, (int)body.Length), true);
    }

    /// <summary>A stranger's text without what could move a terminal's cursor, and not too long.</summary>
    private static string OneLine(string text)
    {
        var words = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return words.Length <= MaximumErrorText ? words : words[..MaximumErrorText] + "…";
    }
}

namespace Turbulence.Resident.Http;

/// <summary>
/// A request that was changed before it is sent, and is given back as it was: whoever sends it again, or reads it, finds his own.
/// </summary>
/// <param name="request">The request.</param>
internal sealed class ChangedRequest(HttpRequestMessage request)
{
    private readonly Uri? uri = request.RequestUri;
    private readonly string? host = request.Headers.Host;
    private readonly HttpContent? content = request.Content;
    private readonly Version version = request.Version;
    private readonly HttpVersionPolicy policy = request.VersionPolicy;
    private LateContent? late;
    private Waiting? waiting;
    private bool isElsewhere;

    /// <summary>Lets it leave later.</summary>
    public void Delay(TimeSpan time, CancellationToken over)
    {
        waiting = new Waiting(time, over);
        request.Content = late = new LateContent(content, waiting);
    }

    /// <summary>Lets its answer arrive later, by what is left of the delay.</summary>
    public void Delay(HttpResponseMessage answer)
    {
        if (waiting is { } rest && rest.Left > TimeSpan.Zero)
        {
            answer.Content = new LateAnswer(answer.Content, rest);
        }
    }

    /// <summary>Sends it to another authority; what it says of its host stays.</summary>
    public void Send(Uri target)
    {
        isElsewhere = true;
        request.Headers.Host ??= uri!.Authority;
        request.RequestUri = new UriBuilder(uri!) { Scheme = target.Scheme, Host = target.Host, Port = target.Port }.Uri;
        if (target.Scheme == Uri.UriSchemeHttp && uri!.Scheme != Uri.UriSchemeHttp)
        {
            // Without TLS there is nothing that would agree on a later version.
            request.Version = System.Net.HttpVersion.Version11;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }
    }

    /// <summary>Makes it what it was. What somebody else has changed meanwhile is left.</summary>
    public void Restore()
    {
        try
        {
            if (late is not null && ReferenceEquals(request.Content, late))
            {
                request.Content = content;
            }

            if (isElsewhere)
            {
                request.RequestUri = uri;
                request.Headers.Host = host;
                request.Version = version;
                request.VersionPolicy = policy;
            }
        }
        catch (ObjectDisposedException)
        {
            // Nobody will look at it any more.
        }
    }
}

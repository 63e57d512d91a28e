using System.Net;

namespace LibraryService.Libraries;

/// <summary>HttpClient from its factory, in one version of HTTP: it asks for its own name.</summary>
/// <param name="name">The path.</param>
/// <param name="clients">The factory.</param>
/// <param name="address">The server.</param>
/// <param name="version">The version.</param>
/// <param name="isSent">Whether the name is sent as a body and echoed, or is part of the path.</param>
internal sealed class HttpUse(string name, IHttpClientFactory clients, Func<Uri> address, Version version, bool isSent = false)
    : ILibraryUse
{
    public string Name => name;

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        using var client = clients.CreateClient();
        using var request = isSent
            ? new HttpRequestMessage(HttpMethod.Post, new Uri(address(), "/echo")) { Content = new StringContent(name) }
            : new HttpRequestMessage(HttpMethod.Get, new Uri(address(), $"/words/{name}"));
        request.Version = version;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var response = await client.SendAsync(request, cancelling);
        return response.StatusCode == HttpStatusCode.OK
            ? await response.Content.ReadAsStringAsync(cancelling)
            : throw new HttpRequestException($"answered {(int)response.StatusCode}", null, response.StatusCode);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

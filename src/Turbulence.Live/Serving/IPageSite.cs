using Microsoft.AspNetCore.Http;

namespace Turbulence.Live.Serving;

/// <summary>What a server of pages shows. Whoever asks it was let in already.</summary>
internal interface IPageSite
{
    /// <summary>Answers a GET.</summary>
    /// <param name="path">What is asked for, without the slash in front.</param>
    /// <param name="response">Takes the answer.</param>
    /// <param name="request">The rest of the question.</param>
    /// <param name="aborted">Cancelled when nobody waits any more.</param>
    /// <returns>Whether there is such a page.</returns>
    Task<bool> GetAsync(string path, HttpResponse response, HttpRequest request, CancellationToken aborted);

    /// <summary>Does what a page of its own asks it to do.</summary>
    /// <param name="path">What is to be done, without the slash in front.</param>
    /// <returns>The status of the answer: 202 for done or under way, 404 for no such thing, 409 for not now.</returns>
    int Post(string path);
}

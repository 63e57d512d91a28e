using System.Net;
using Turbulence.Http;

namespace Turbulence.Activities.Http;

/// <summary>
/// The cookies that the servers of one conversation set: a jar for each origin, so that none sees those of another, on another port of one
/// host neither.
/// </summary>
internal sealed class CookieJars
{
    private readonly List<(Uri Origin, CookieContainer Jar)> jars = [];

    /// <summary>Keeps what an answer from <paramref name="url"/> set; what is malformed is not kept, as everywhere.</summary>
    public void Keep(Uri url, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (Jar(url) is not { } jar)
            {
                jar = new CookieContainer();
                jars.Add((url, jar));
            }

            try
            {
                jar.SetCookies(url, line);
            }
            catch (CookieException)
            {
            }
        }
    }

    /// <summary>The header for a request to <paramref name="url"/>; null or empty for none.</summary>
    public string? For(Uri url) => Jar(url)?.GetCookieHeader(url);

    private CookieContainer? Jar(Uri url) => jars.Find(jar => HttpOrigin.IsSame(jar.Origin, url)).Jar;
}

using System.Reflection;
using Microsoft.AspNetCore.Http;
using Turbulence.Reports;

namespace Turbulence.Live.Serving;

/// <summary>The files that come with the program: the parts that pages are made of.</summary>
internal static class PageResource
{
    /// <summary>Sends one.</summary>
    /// <param name="response">Takes it.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="names">The files, one behind the other.</param>
    public static async Task<bool> SendAsync(HttpResponse response, string type, params string[] names)
    {
        response.ContentType = type + "; charset=utf-8";
        foreach (var name in names)
        {
            await using var source = Open(name);
            await source.CopyToAsync(response.Body);
        }

        return true;
    }

    // The style of a report is that of every page.
    private static Stream Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
        ?? typeof(Report).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The library was built without {name}.");
}

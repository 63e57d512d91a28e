using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Turbulence.Live.Serving;

/// <summary>Answers each request: who is let in, and what the site has to say.</summary>
/// <param name="site">What is shown.</param>
/// <param name="access">Who is let in.</param>
internal sealed class PageApplication(IPageSite site, PageAccess access) : IHttpApplication<HttpContext>
{
    // Nothing is fetched from elsewhere or sent there, and no script runs but those that are served; a finished report says its own.
    private const string Policy = "default-src 'none';style-src 'self' 'unsafe-inline';script-src 'self';connect-src 'self';"
        + "base-uri 'none';form-action 'none';frame-ancestors 'none'";

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        Guard(response.Headers);
        try
        {
            if (access.Refusal(request) is var (status, why))
            {
                await SayAsync(response, status, why);
            }
            else if (access.HasKey(request))
            {
                access.Admit(response);
                response.Redirect(access.Folder);
            }
            else if (HttpMethods.IsPost(request.Method))
            {
                response.StatusCode = site.Post(Path(request));
            }
            else if (!HttpMethods.IsGet(request.Method))
            {
                response.Headers.Allow = "GET, POST";
                await SayAsync(response, StatusCodes.Status405MethodNotAllowed, "Pages are read with GET.");
            }
            else if (!await site.GetAsync(Path(request), response, request, context.RequestAborted))
            {
                await SayAsync(response, StatusCodes.Status404NotFound, "There is no such page.");
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (IOException failure) when (!response.HasStarted)
        {
            await SayAsync(response, StatusCodes.Status500InternalServerError, failure.Message);
        }
    }

    // Who is let in asks for something in the folder.
    private string Path(HttpRequest request) => request.Path.Value![access.Folder.Length..];

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private static Task SayAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text + "\n");
    }
}

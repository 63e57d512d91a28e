using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Turbulence.Proxy.Api.Bodies;
using Turbulence.Proxy.Api.Tokens;

namespace Turbulence.Proxy.Api.Requests;

/// <summary>Answers each request: who may ask, what he asks, and whatever goes wrong as an answer.</summary>
/// <param name="routes">What can be asked.</param>
/// <param name="token">What a request has to bring; null for none.</param>
internal sealed class ApiApplication(ApiRoutes routes, ApiToken? token) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var answer = await AnswerAsync(context);
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers["X-Toxiproxy-Request-Id"] = Guid.NewGuid().ToString("N");
        if (answer.Allow is { } allow)
        {
            response.Headers.Allow = allow;
        }

        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (answer.ContentType is { } type)
        {
            response.ContentType = type;
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
        else if (answer.Status != StatusCodes.Status204NoContent)
        {
            response.ContentLength = 0;
        }
    }

    private async Task<ApiAnswer> AnswerAsync(HttpContext context)
    {
        try
        {
            return Refusal(context.Request) ?? await routes.AnswerAsync(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                () => ReadAsync(context));
        }
        catch (ApiException problem)
        {
            return ApiAnswer.Error(problem.Status, problem.Message);
        }
        catch (ProxyException problem)
        {
            var answer = ApiException.Of(problem);
            return ApiAnswer.Error(answer.Status, answer.Message);
        }
        catch (BadHttpRequestException problem)
        {
            return ApiAnswer.Error(problem.StatusCode, $"bad request body: {problem.Message}");
        }
#pragma warning disable CA1031 // Whatever went wrong, who asked gets an answer, and the server goes on.
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return ApiAnswer.Error(StatusCodes.Status500InternalServerError, problem.Message);
        }
    }

    private ApiAnswer? Refusal(HttpRequest request)
    {
        if (token is null)
        {
            // A page of somebody else's could send forms here.
            return request.Headers.UserAgent.ToString().StartsWith("Mozilla/", StringComparison.Ordinal)
                ? ApiAnswer.Text(StatusCodes.Status403Forbidden, "User agent not allowed\n")
                : null;
        }

        if (request.Headers.Origin is { Count: > 0 } origin && origin.ToString() != $"{Uri.UriSchemeHttp}://{request.Host}")
        {
            return ApiAnswer.Error(StatusCodes.Status403Forbidden, "origin not allowed");
        }

        return token.IsIn(request.Headers.Authorization) ? null : ApiAnswer.Error(
            StatusCodes.Status401Unauthorized, "the request has to bring the server's token: Authorization: Bearer TOKEN");
    }

    private static async Task<ApiBody> ReadAsync(HttpContext context)
    {
        // The server keeps to the limit.
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return ApiBody.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }
}

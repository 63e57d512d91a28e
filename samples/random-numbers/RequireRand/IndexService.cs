using System.Text;
using System.Text.Json;
using RandomNumbers.ServiceProcess;

namespace RandomNumbers.RequireRand;

/// <summary>The users' entrance: <c>GET /index/{payload}</c> has a rand server draw a number up to the payload.</summary>
/// <param name="port">Its port; 0 takes a free one.</param>
/// <param name="servers">Whom it asks, the first one first.</param>
/// <param name="settings">How it lives with their failures.</param>
public sealed class IndexService(int port, IReadOnlyList<RandServerAddress> servers, ResilienceSettings settings) : IService
{
    private const string Prefix = "/index/";

    /// <inheritdoc/>
    public string Name => "require_rand";

    /// <inheritdoc/>
    public int Port => port;

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddRandServers(servers, settings);

    /// <inheritdoc/>
    public void Bound(int port)
    {
        // Its answers do not name it.
    }

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (!path.StartsWith(Prefix, StringComparison.Ordinal) || path.Length == Prefix.Length || path.IndexOf('/', Prefix.Length) >= 0)
        {
            return AnswerAsync(context.Response, StatusCodes.Status404NotFound, "there is only GET /index/NUMBER and GET /health here");
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET";
            return AnswerAsync(context.Response, StatusCodes.Status405MethodNotAllowed, "use GET");
        }

        return IndexAsync(context, path[Prefix.Length..]);
    }

    private static async Task IndexAsync(HttpContext context, string payload)
    {
        var response = context.Response;
        var question = JsonSerializer.SerializeToUtf8Bytes(new NumberRequest(payload), WireJson.Default.NumberRequest);
        var reply = await context.RequestServices.GetRequiredService<Failover>().AskAsync(question);
        await (reply switch
        {
            ServerReply.Drawn drawn =>
                AnswerAsync(response, StatusCodes.Status200OK, $"response from service: {drawn.Server}: {drawn.Content}"),
            ServerReply.Refused refused => AnswerAsync(response, StatusCodes.Status400BadRequest, refused.Reason),
            ServerReply.Failed failed => AnswerAsync(response, StatusCodes.Status503ServiceUnavailable, failed.Reason),
            _ => throw new InvalidOperationException(reply.ToString()),
        });
    }

    private static Task AnswerAsync(HttpResponse response, int status, string text) =>
        response.AnswerAsync(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
}

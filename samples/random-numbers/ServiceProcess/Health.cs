using Microsoft.AspNetCore.Http;

namespace RandomNumbers.ServiceProcess;

/// <summary><c>GET /health</c>: 200 and <c>ok</c> for as long as the service answers at all.</summary>
internal static class Health
{
    private static readonly byte[] Well = "ok\n"u8.ToArray();
    private static readonly byte[] UseGet = "use GET\n"u8.ToArray();

    public static Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return context.Response.AnswerAsync(StatusCodes.Status200OK, "text/plain", Well);
        }

        context.Response.Headers.Allow = "GET, HEAD";
        return context.Response.AnswerAsync(StatusCodes.Status405MethodNotAllowed, "text/plain", UseGet);
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RandomNumbers.ServiceProcess;

namespace RandomNumbers.RandServer;

/// <summary>The rand server: <c>POST /</c> draws a number.</summary>
/// <param name="name">Its name, such as <c>primary</c>.</param>
/// <param name="port">Its port; 0 takes a free one.</param>
/// <param name="random">Where chance comes from; used by one request at a time.</param>
public sealed class DrawService(string name, int port, Random random) : IService
{
    private readonly Lock turn = new();
    private string server = $"{name} ({port})";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int Port => port;

    /// <inheritdoc/>
    public void Bound(int port) => server = $"{name} ({port})";

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path != "/")
        {
            return RefuseAsync(context.Response, StatusCodes.Status404NotFound, "there is only POST / and GET /health here");
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            return RefuseAsync(context.Response, StatusCodes.Status405MethodNotAllowed, "use POST");
        }

        return DrawAsync(context);
    }

    private async Task DrawAsync(HttpContext context)
    {
        string? problem;
        long limit;
        try
        {
            var body = context.Request.BodyReader;
            var read = await body.ReadAsync();
            while (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                read = await body.ReadAsync();
            }

            problem = DrawRequest.Read(read.Buffer, out limit);
            body.AdvanceTo(read.Buffer.End);
        }
        catch (BadHttpRequestException error)
        {
            // Too large (413), too slow (408), or not what its headers promised (400).
            await RefuseAsync(context.Response, error.StatusCode, error.Message);
            return;
        }

        if (problem is not null)
        {
            await RefuseAsync(context.Response, StatusCodes.Status400BadRequest, problem);
            return;
        }

        var answer = new DrawAnswer(server, Draw(limit).ToString(CultureInfo.InvariantCulture));
        await AnswerAsync(context.Response, StatusCodes.Status200OK, answer, AnswerJson.Default.DrawAnswer);
    }

    private long Draw(long limit)
    {
        lock (turn)
        {
            return UniformDraw.UpTo(limit, random);
        }
    }

    private Task RefuseAsync(HttpResponse response, int status, string error) =>
        AnswerAsync(response, status, new Refusal(server, error), AnswerJson.Default.Refusal);

    private static Task AnswerAsync<T>(HttpResponse response, int status, T answer, JsonTypeInfo<T> type) =>
        response.AnswerAsync(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(answer, type));
}

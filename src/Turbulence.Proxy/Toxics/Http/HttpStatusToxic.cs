namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// <c>http_status</c>: a request is answered here, and the upstream never hears of it. Its body is read to its end, so that the connection
/// goes on:
/// <code>
///   client    GET /a   GET /b            200 a   503
///   upstream  GET /a            200 a
/// </code>
/// </summary>
internal sealed class HttpStatusToxic() : HttpToxic("http_status", "answers requests itself, with a status", [Status, Body, ContentType])
{
    private const int MostBody = 64 << 10;

    private static readonly ToxicAttribute Status = new("status", ToxicAttributeType.Integer, "the status of the answer")
    {
        Default = "503",
        Least = 200,
        Most = 599,
    };
    private static readonly ToxicAttribute Body = new("body", ToxicAttributeType.Text, "the body of the answer, up to 65536 bytes");

    private static readonly ToxicAttribute ContentType =
        new("content_type", ToxicAttributeType.Text, "what the body is") { Default = "\"text/plain; charset=utf-8\"" };

    protected override HttpEffect Effect(ToxicValues values) =>
        new Answering(new HttpReply((int)values.Integer(Status), values.Text(ContentType), values.Text(Body)));

    protected override string? OwnProblem(ToxicValues values) =>
        System.Text.Encoding.UTF8.GetByteCount(values.Text(Body)) > MostBody ? $"body must have at most {MostBody} bytes"
        : !IsValue(values.Text(ContentType)) ? "content_type must be one line"
        : null;

    private sealed class Answering(HttpReply reply) : HttpEffect
    {
        public override bool Swallows => true;

        public override void Answer(HttpAnswers answers, in HttpExchange exchange) => reply.Send(answers, exchange);
    }
}

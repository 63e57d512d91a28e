using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// <c>http_abort</c>: the connection ends in place of the answer, before the upstream has heard of the request; or in the middle of the
/// upstream's answer:
/// <code>
///   client    GET /a   GET /b            200 a   reset
///   upstream  GET /a            200 a
/// </code>
/// </summary>
internal sealed class HttpAbortToxic()
    : HttpToxic("http_abort", "ends the connection in place of an answer, or in the middle of one", [At, By, Bytes])
{
    private static readonly ToxicAttribute At =
        new("at", ToxicAttributeType.Choice, "before the upstream hears of the request, or in the answer's body")
        {
            Choices = ["request", "answer"],
        };

    private static readonly ToxicAttribute By = new("by", ToxicAttributeType.Choice, "how the connection ends")
    {
        Choices = ["reset", "close"],
    };
    private static readonly ToxicAttribute Bytes = new("bytes", ToxicAttributeType.Integer, "how many bytes of the answer's body pass")
    {
        Unit = "bytes",
    };

    protected override HttpEffect Effect(ToxicValues values)
    {
        var reset = values.Text(By) == "reset";
        return values.Text(At) == "request" ? new Refusing(reset) : new Cutting(reset, values.Integer(Bytes));
    }

    private sealed class Refusing(bool reset) : HttpEffect
    {
        public override bool Swallows => true;

        public override bool IsAtOnce => true;

        public override void Answer(HttpAnswers answers, in HttpExchange exchange) => answers.End(reset);
    }

    private sealed class Cutting(bool reset, long bytes) : HttpEffect
    {
        public override void Answer(HttpAnswers answers, in Packet head, in HttpHead read)
        {
            answers.Pass(head);
            answers.CutBody(bytes, reset);
        }
    }
}

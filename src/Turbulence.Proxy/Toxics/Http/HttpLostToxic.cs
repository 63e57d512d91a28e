using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// <c>http_lost</c>: a request goes through, and its answer is lost once the upstream has given it: what was asked for has been done, and
/// the client does not know:
/// <code>
///   client    GET /a                   reset
///   upstream           GET /a  200 a
/// </code>
/// </summary>
internal sealed class HttpLostToxic() : HttpToxic("http_lost", "lets requests through, and loses their answers", [By])
{
    private static readonly ToxicAttribute By =
        new("by", ToxicAttributeType.Choice, "what the client sees in place of the answer; silence is nothing, until it goes by itself")
        {
            Choices = ["reset", "close", "silence"],
        };

    protected override HttpEffect Effect(ToxicValues values) => new Losing(values.Text(By));

    private sealed class Losing(string by) : HttpEffect
    {
        public override void Answer(HttpAnswers answers, in Packet head, in HttpHead read)
        {
            answers.DropHead(head);
            if (by == "silence")
            {
                answers.Hang();
            }
            else
            {
                answers.End(reset: by == "reset");
            }
        }
    }
}

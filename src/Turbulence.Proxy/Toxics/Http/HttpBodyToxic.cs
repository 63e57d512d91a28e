using System.Globalization;
using System.Text;
using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// <c>http_body</c>: the body of an answer, or of a request, is another one, or as many bytes that mean nothing:
/// <code>
///   in   200 {"stock": 7}
///   out  200 %\x1fQ…
/// </code>
/// </summary>
internal sealed class HttpBodyToxic() : HttpToxic("http_body", "changes the bodies of answers or requests", [Of, Do, Body])
{
    private const int MostBody = 64 << 10;

    private static readonly ToxicAttribute Of = new("of", ToxicAttributeType.Choice, "whose body") { Choices = ["answer", "request"] };

    private static readonly ToxicAttribute Do =
        new("do", ToxicAttributeType.Choice, "what is done to it: bytes by chance, as many as there were, or another body in its place")
        {
            Choices = ["garble", "replace"],
        };

    private static readonly ToxicAttribute Body = new("body", ToxicAttributeType.Text, "the other body, up to 65536 bytes");

    protected override HttpEffect Effect(ToxicValues values) => (values.Text(Of), values.Text(Do)) switch
    {
        ("answer", "garble") => new Garbling(),
        ("answer", _) => new Replacing(Encoding.UTF8.GetBytes(values.Text(Body))),
        (_, "garble") => new GarblingRequest(),
        _ => new ReplacingRequest(Encoding.UTF8.GetBytes(values.Text(Body))),
    };

    protected override string? OwnProblem(ToxicValues values) =>
        Encoding.UTF8.GetByteCount(values.Text(Body)) > MostBody ? $"body must have at most {MostBody} bytes" : null;

    private static byte[] LengthOf(byte[] body) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"));

    // What describes the body that is not there.
    private static bool IsOfBody(ReadOnlySpan<byte> name) =>
        HttpFields.Is(name, "content-length"u8) || HttpFields.Is(name, "transfer-encoding"u8) || HttpFields.Is(name, "trailer"u8)
        || HttpFields.Is(name, "content-encoding"u8) || HttpFields.Is(name, "content-range"u8) || HttpFields.Is(name, "accept-ranges"u8);

    private sealed class Garbling : HttpEffect
    {
        public override void Answer(HttpAnswers answers, in Packet head, in HttpHead read)
        {
            answers.GarbleBody();
            answers.Pass(head);
        }
    }

    private sealed class GarblingRequest : HttpEffect
    {
        public override void Request(HttpRequests requests, in Packet head, ulong decision)
        {
            requests.GarbleBody(decision);
            requests.Pass(head);
        }
    }

    private sealed class ReplacingRequest(byte[] body) : HttpEffect
    {
        private readonly byte[] length = LengthOf(body);

        public override void Request(HttpRequests requests, in Packet head, ulong decision)
        {
            if (!requests.HasBody)
            {
                requests.Pass(head);
                return;
            }

            requests.PassChanged(HttpEdit.Rewrite(head, requests.Pool, IsOfBody, length, out _), isOther: true);
            requests.ReplaceBody(body);
        }
    }

    private sealed class Replacing(byte[] body) : HttpEffect
    {
        private readonly byte[] length = LengthOf(body);

        public override void Answer(HttpAnswers answers, in Packet head, in HttpHead read)
        {
            if (!answers.MayHaveBody(read))
            {
                answers.Pass(head);
                return;
            }

            answers.DropBody();
            answers.PassChanged(HttpEdit.Rewrite(head, answers.Pool, IsOfBody, length, out _), isOther: true);
            answers.Make(body);
        }
    }
}

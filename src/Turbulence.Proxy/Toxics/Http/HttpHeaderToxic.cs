using System.Text;
using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// <c>http_header</c>: a header of a request or of its answer is set, added or removed:
/// <code>
///   in   ETag: "7"
///   out  ETag: "other"
/// </code>
/// </summary>
internal sealed class HttpHeaderToxic()
    : HttpToxic("http_header", "sets, adds or removes a header of requests or answers", [Of, Do, HeaderName, Value])
{
    // Those that say where a message ends and what becomes of the connection: with others in their place the two sides would not be in step
    // any more.
    private static readonly string[] Framing = [
        "content-length", "transfer-encoding", "connection", "upgrade", "trailer", "te", "expect", "keep-alive",
    ];

    private static readonly ToxicAttribute Of = new("of", ToxicAttributeType.Choice, "whose header") { Choices = ["answer", "request"] };
    private static readonly ToxicAttribute Do = new(
        "do", ToxicAttributeType.Choice, "what is done to it; set takes the place of all of its name")
    {
        Choices = ["set", "add", "remove"],
    };
    private static readonly ToxicAttribute HeaderName =
        new("name", ToxicAttributeType.Text, "its name; not one that says where a message ends") { Default = "\"X-Chaos\"" };
    private static readonly ToxicAttribute Value = new("value", ToxicAttributeType.Text, "its value");

    protected override HttpEffect Effect(ToxicValues values)
    {
        var name = values.Text(HeaderName);
        return new Editing(
            values.Text(Of) == "answer",
            values.Text(Do) == "add" ? null : Encoding.UTF8.GetBytes(name),
            values.Text(Do) == "remove" ? [] : Encoding.UTF8.GetBytes($"{name}: {values.Text(Value)}\r\n"));
    }

    protected override string? OwnProblem(ToxicValues values) =>
        !IsName(values.Text(HeaderName)) ? $"name must be the name of a header, not {values.Text(HeaderName)}"
        : Framing.Contains(values.Text(HeaderName).ToLowerInvariant())
            ? $"name must not be {values.Text(HeaderName)}, which says where a message ends"
        : !IsValue(values.Text(Value)) ? "value must be one line"
        : null;

    private sealed class Editing : HttpEffect
    {
        private readonly bool isAnswer;
        private readonly byte[] line;
        private readonly HttpFieldFilter leavesOut;

        public Editing(bool isAnswer, byte[]? name, byte[] line)
        {
            this.isAnswer = isAnswer;
            this.line = line;
            leavesOut = name is null ? static _ => false : field => HttpFields.Is(field, name);
        }

        public override void Request(HttpRequests requests, in Packet head, ulong decision)
        {
            if (isAnswer)
            {
                requests.Pass(head);
            }
            else
            {
                requests.PassChanged(HttpEdit.Rewrite(head, requests.Pool, leavesOut, line, out var isOther), isOther);
            }
        }

        public override void Answer(HttpAnswers answers, in Packet head, in HttpHead read)
        {
            if (isAnswer)
            {
                answers.PassChanged(HttpEdit.Rewrite(head, answers.Pool, leavesOut, line, out var isOther), isOther);
            }
            else
            {
                answers.Pass(head);
            }
        }
    }
}

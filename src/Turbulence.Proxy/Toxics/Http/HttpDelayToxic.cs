namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// <c>http_delay</c>: a request goes on later, or its answer does, with all that comes behind it on the connection:
/// <code>
///   client    GET /a                  200 a
///   upstream           GET /a  200 a
///             ├─delay──┤
/// </code>
/// </summary>
internal sealed class HttpDelayToxic() : HttpToxic("http_delay", "lets requests or answers go on later", [Delay, Jitter, Of])
{
    private static readonly ToxicAttribute Delay = new("delay", ToxicAttributeType.Number, "how much later") { Unit = "ms" };
    private static readonly ToxicAttribute Jitter = new("jitter", ToxicAttributeType.Number, "how much more or less than that, by chance")
    {
        Unit = "ms",
    };

    private static readonly ToxicAttribute Of =
        new("of", ToxicAttributeType.Choice, "what is delayed: the answer, which the upstream has given by then, or the request")
        {
            Choices = ["answer", "request"],
        };

    protected override HttpEffect Effect(ToxicValues values) =>
        new Delaying(values.Number(Delay), values.Number(Jitter), values.Text(Of) == "answer");

    private sealed class Delaying(double delay, double jitter, bool isAnswer) : HttpEffect
    {
        public override double RequestDelay(double chance) => isAnswer ? 0 : Milliseconds(chance);

        public override double AnswerDelay(double chance) => isAnswer ? Milliseconds(chance) : 0;

        private double Milliseconds(double chance) => Math.Max(0, delay + (((chance * 2) - 1) * jitter));
    }
}

using System.Text;
using Turbulence.Platform.Http;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// A kind of toxic that hits requests of HTTP/1.1, each by itself. It stands in both streams, whichever it is given; its toxicity is the
/// share of requests that it hits, of those that it is for. What is no HTTP/1.1 passes as it is, and is counted.
/// </summary>
/// <param name="name">Its wire name.</param>
/// <param name="summary">What it does, in one line.</param>
/// <param name="attributes">Its own attributes; those that say for which requests it is follow.</param>
internal abstract class HttpToxic(string name, string summary, IReadOnlyList<ToxicAttribute> attributes)
    : ToxicKind(name, summary, [.. attributes, Method, Path, Header, Baggage, Nth, First, Counted, After, Until])
{
    /// <summary>What <see cref="Counted"/> says where requests of all connections are counted together.</summary>
    public const string All = "all";

    /// <summary>For which methods it is.</summary>
    public static readonly ToxicAttribute Method = new(
        "method", ToxicAttributeType.Text, "only requests of this method, or of these: `GET,HEAD`");

    /// <summary>For which paths.</summary>
    public static readonly ToxicAttribute Path = new(
        "path", ToxicAttributeType.Text, "only requests of this path: `/orders/{id}`, `/orders/{*rest}`");

    /// <summary>For which headers.</summary>
    public static readonly ToxicAttribute Header = new(
        "header", ToxicAttributeType.Text, "only requests with this header: `X-Test`, `X-Test: 7`");

    /// <summary>For which baggage.</summary>
    public static readonly ToxicAttribute Baggage = new(
        "baggage", ToxicAttributeType.Text, "only requests with this entry of W3C baggage: `test`, `test=7`");

    /// <summary>For which one.</summary>
    public static readonly ToxicAttribute Nth = new("nth", ToxicAttributeType.Integer, "only the n-th of these requests; 0 for all");

    /// <summary>For how many.</summary>
    public static readonly ToxicAttribute First = new("first", ToxicAttributeType.Integer, "only the first n of these requests; 0 for all");

    /// <summary>How those are counted.</summary>
    public static readonly ToxicAttribute Counted =
        new(
            "counted",
            ToxicAttributeType.Choice,
            "what nth and first count: the requests of each connection, or of all together, where the seed cannot say who comes first")
        {
            Choices = ["connection", All],
        };

    /// <summary>From when on.</summary>
    public static readonly ToxicAttribute After = new("after", ToxicAttributeType.Number, "only from so long on after it was added")
    {
        Unit = "ms",
    };

    /// <summary>Until when.</summary>
    public static readonly ToxicAttribute Until =
        new("until", ToxicAttributeType.Number, "only until so long after it was added; 0 for ever") { Unit = "ms" };

    public override ToxicReach Reach => ToxicReach.BothStreams;

    public override bool IsPerRequest => true;

    public sealed override string? Problem(ToxicValues values)
    {
        if (values
            .Text(Method)
            .Split(',')
            .Select(method => method.Trim())
            .Any(method => method.Length > 0 && Encoding.UTF8.GetBytes(method).AsSpan().ContainsAnyExcept(HttpSyntax.Method)))
        {
            return $"method must be methods such as GET,HEAD, not {values.Text(Method)}";
        }

        if (values.Text(Path) is { Length: > 0 } path && HttpPath.Parse(path) is null)
        {
            return $"path must be a path such as /orders/{{id}}, not {path}";
        }

        if (values.Text(Header) is { Length: > 0 } header && !IsName(header.Split(':')[0].Trim()))
        {
            return $"header must be a name, or a name and a value such as X-Test: 7, not {header}";
        }

        if (values.Text(Baggage) is { Length: > 0 } baggage && !IsName(baggage.Split('=')[0].Trim()))
        {
            return $"baggage must be a key, or a key and a value such as test=7, not {baggage}";
        }

        return values.Number(Until) > 0 && values.Number(Until) <= values.Number(After)
            ? "until must be more than after"
            : OwnProblem(values);
    }

    public sealed override ToxicStage CreateStage() => new HttpStage(this);

    /// <summary>Which requests it is for, and what it does to them.</summary>
    public HttpRule Rule(ToxicValues values) => new(values, Effect(values));

    /// <summary>What it does.</summary>
    protected abstract HttpEffect Effect(ToxicValues values);

    /// <summary>What is wrong with its own attributes that are right each by itself; null for nothing.</summary>
    protected virtual string? OwnProblem(ToxicValues values) => null;

    /// <summary>Whether a text can be a field's name.</summary>
    protected static bool IsName(string text) =>
        text.Length > 0 && !Encoding.UTF8.GetBytes(text).AsSpan().ContainsAnyExcept(HttpSyntax.Token);

    /// <summary>Whether a text can be a field's value.</summary>
    protected static bool IsValue(string text) => !Encoding.UTF8.GetBytes(text).AsSpan().ContainsAny(HttpSyntax.NoValue);
}

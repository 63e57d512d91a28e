using System.Text;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Tests.Requests;

public sealed class RequestBytesTests
{
    [Fact]
    public void It_is_written_as_a_server_expects_it_and_each_has_a_trace_of_its_own()
    {
        var bytes = new RequestBytes(new LoadRequest(new Uri("http://localhost:8001/index/10?a=b%20c"))
        {
            Method = "POST",
            Headers = [KeyValuePair.Create("Content-Type", "text/plain"), KeyValuePair.Create("Baggage", "fault=1")],
            Body = "hello"u8.ToArray(),
        });
        var random = new Random(1);
        string first = Text(bytes, random, isLast: false), second = Text(bytes, random, isLast: false);
        Assert.Matches(
            "^POST /index/10\\?a=b%20c HTTP/1.1\r\nHost: localhost:8001\r\ntraceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01\r\nContent-Type: text/plain\r\nBaggage: fault=1\r\nContent-Length: 5\r\n\r\nhello$",
            first);
        Assert.NotEqual(first, second);
        Assert.Equal(first.Length, second.Length);
        Assert.Contains(
            "\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", Text(bytes, random, isLast: true), StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_gives_himself_is_not_written_twice()
    {
        var bytes = new RequestBytes(new LoadRequest(new Uri("http://[::1]/"))
        {
            Headers = [KeyValuePair.Create("host", "a"), KeyValuePair.Create("TraceParent", "00-x")],
        });
        Assert.Equal("GET / HTTP/1.1\r\nhost: a\r\nTraceParent: 00-x\r\n\r\n", Text(bytes, new Random(1), isLast: false));
        Assert.Contains("Host: [::1]\r\n", Text(
            new RequestBytes(new LoadRequest(new Uri("http://[::1]/"))), new Random(1), isLast: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_other_letters_is_sent_as_it_is_looked_up_and_a_user_name_is_not_left_out_in_silence()
    {
        Assert.Contains(
            "Host: xn--bcher-kva.example:81\r\n",
            Text(new RequestBytes(new LoadRequest(new Uri("http://bücher.example:81/"))), new Random(1), isLast: false),
            StringComparison.Ordinal);
        Assert.Equal(
            "has a user name in its URL, which is not sent; send a header Authorization instead",
            RequestBytes.Problem(new LoadRequest(new Uri("http://me:secret@a/"))));
    }

    [Fact]
    public void Baggage_is_encoded_and_sent_once()
    {
        var request = new LoadRequest(new Uri("http://a/"))
        {
            Baggage = [KeyValuePair.Create("run", "a b,ä"), KeyValuePair.Create("chaos", "yes")],
        };
        Assert.Contains("\r\nbaggage: run=a%20b%2C%C3%A4,chaos=yes\r\n", Text(
            new RequestBytes(request), new Random(1), isLast: false), StringComparison.Ordinal);
        Assert.Null(RequestBytes.Problem(request));
        Assert.Equal(
            "has baggage whose name cannot be sent: a b",
            RequestBytes.Problem(request with { Baggage = [KeyValuePair.Create("a b", "c")] }));
        Assert.Equal(
            "has baggage twice, and once as a header",
            RequestBytes.Problem(request with { Headers = [KeyValuePair.Create("Baggage", "a=b")] }));
    }

    [Theory]
    [InlineData("GET", "A", "b\r\nC: d")]
    [InlineData("GET", "A B", "b")]
    [InlineData("GET", "", "b")]
    [InlineData("GET", "Content-Length", "5")]
    [InlineData("GET", "transfer-encoding", "chunked")]
    [InlineData("GE T", "A", "b")]
    [InlineData("", "A", "b")]
    [InlineData("CONNECT", "A", "b")]
    public void What_would_be_another_request_is_refused(string method, string name, string value) =>
        Assert.NotNull(
            RequestBytes.Problem(new LoadRequest(new Uri("http://a/")) { Method = method, Headers = [KeyValuePair.Create(name, value)] }));

    [Fact]
    public void Of_several_each_comes_as_often_as_its_weight_says()
    {
        var one = new LoadRequest(new Uri("http://a/"));
        var mix = new RequestMix([one with { Weight = 1 }, one with { Weight = 2 }, one with { Weight = 7 }]);
        var random = new Random(3);
        var counts = Enumerable
            .Range(0, 100_000)
            .Select(_ => mix.Next(random))
            .CountBy(static place => place)
            .OrderBy(static pair => pair.Key)
            .Select(static pair => pair.Value)
            .ToList();
        Assert.Equal(3, counts.Count);
        Assert.InRange(counts[0], 9_500, 10_500);
        Assert.InRange(counts[1], 19_400, 20_600);
    }

    private static string Text(RequestBytes bytes, Random random, bool isLast)
    {
        var memory = new byte[bytes.Length];
        return Encoding.UTF8.GetString(memory, 0, bytes.Write(memory, isLast, RequestTrace.Next(random)));
    }
}

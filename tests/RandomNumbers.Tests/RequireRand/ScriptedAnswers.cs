using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RandomNumbers.Tests.RequireRand;

/// <summary>A rand server of a test's own, in place of connections: it counts who asks, and answers as the test says.</summary>
internal sealed class ScriptedAnswers(string name) : HttpMessageHandler
{
    private int asked;
    private int calledOff;

    /// <summary>What becomes of a request.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>> Script { get; set; } = _ => Draw(name);

    /// <summary>How many requests it was sent.</summary>
    public int Asked => Volatile.Read(ref asked);

    /// <summary>How many of them were taken back before it answered.</summary>
    public int CalledOff => Volatile.Read(ref calledOff);

    /// <summary>Says nothing, as a frozen process does.</summary>
    public void Freeze() => Script = cancellation => Task
        .Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation)
        .ContinueWith<HttpResponseMessage>(_ => throw new OperationCanceledException(cancellation), TaskScheduler.Default);

    /// <summary>Is not there.</summary>
    public void Refuse() => Script = _ => Task.FromException<HttpResponseMessage>(
        new HttpRequestException(HttpRequestError.ConnectionError, "no", new SocketException((int)SocketError.ConnectionRefused)));

    /// <summary>Answers with this status.</summary>
    public void Say(HttpStatusCode status, string body = "") =>
        Script = _ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8) });

    /// <summary>Answers when the test says so.</summary>
    public void AnswerAfter(Task said) => Script = async cancellation =>
    {
        await said.WaitAsync(cancellation);
        return await Draw(name);
    };

    /// <summary>Answers with a number.</summary>
    public void Answer() => Script = _ => Draw(name);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        try
        {
            return await Script(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref calledOff);
            throw;
        }
    }

    private static Task<HttpResponseMessage> Draw(string name) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{"server":"{{name}}","content":"3"}""", Encoding.UTF8),
        });
}

using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Cli.Rpc;

/// <summary>
/// Sends messages to a client, one a line and one after the other. A client that is gone takes none, which is no mistake.
/// </summary>
/// <param name="output">Where they go; nothing else does.</param>
/// <param name="time">Measures how long is waited for a client that does not read, once it is time to end.</param>
internal sealed class MessageWriter(Stream output, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource lost = new();
    private ITimer? patience;

    /// <summary>Sends the answer to a request.</summary>
    public Task AnswerAsync(JsonNode? id, JsonObject result) =>
        SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id?.DeepClone(), ["result"] = result });

    /// <summary>Says that a request is none that can be carried out.</summary>
    /// <param name="id">The request; null where it did not say.</param>
    /// <param name="code">What kind of mistake it is, as JSON-RPC 2.0 numbers them.</param>
    /// <param name="text">What is wrong, in one line.</param>
    public Task RefuseAsync(JsonNode? id, int code, string text) => SendAsync(new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id?.DeepClone(),
        ["error"] = new JsonObject { ["code"] = code, ["message"] = text },
    });

    /// <summary>Tells something that nobody has asked for.</summary>
    public Task NotifyAsync(string method, JsonObject parameters) =>
        SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>From then on nobody waits for a client that does not read.</summary>
    public void GiveUpAfter(TimeSpan length) =>
        patience ??= time.CreateTimer(_ => lost.Cancel(), null, length, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        patience?.Dispose();
        turn.Dispose();
        lost.Dispose();
    }

    private async Task SendAsync(JsonObject message)
    {
        var line = Encoding.UTF8.GetBytes(message.ToJsonString() + "\n");
        try
        {
            await turn.WaitAsync(lost.Token);
            try
            {
                await output.WriteAsync(line).AsTask().WaitAsync(lost.Token);
                await output.FlushAsync().WaitAsync(lost.Token);
            }
            catch (IOException)
            {
                await lost.CancelAsync();
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Nobody hears it.
        }
    }
}

using System.Text.Json.Nodes;
using Turbulence.Cli.Rpc;

namespace Turbulence.Cli.Mcp;

/// <summary>
/// Tells a client what goes on, in its order. Nothing of a run waits for a client that does not read; what it has no room for is left out,
/// and the next message says how much.
/// </summary>
/// <param name="writer">Sends to the client.</param>
/// <param name="token">What the client knows the call by; null where it wants to hear nothing.</param>
internal sealed class ProgressTeller(MessageWriter writer, JsonNode? token)
{
    private const int MostPending = 1000;

    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;
    private int told;
    private int pending;
    private int leftOut;

    /// <summary>Tells a line.</summary>
    public void Tell(string line)
    {
        if (token is null)
        {
            return;
        }

        lock (gate)
        {
            if (pending == MostPending)
            {
                leftOut++;
                return;
            }

            pending++;
            last = SendAsync(last, ++told, leftOut == 0 ? line : $"({leftOut} lines were left out) {line}");
            leftOut = 0;
        }
    }

    /// <summary>Waits until what was told is on its way, so that the answer comes last.</summary>
    public Task FlushAsync()
    {
        lock (gate)
        {
            return last;
        }
    }

    private async Task SendAsync(Task before, int number, string line)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await writer.NotifyAsync("notifications/progress", new JsonObject
        {
            ["progressToken"] = token!.DeepClone(),
            ["progress"] = number,
            ["message"] = line,
        });
        lock (gate)
        {
            pending--;
        }
    }
}

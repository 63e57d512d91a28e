using System.Text.Json;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>
/// Answers requests until there are no more: reads on this thread, carries each out on a thread of its own, answers in the order in which
/// they end.
/// </summary>
/// <remarks>
/// Nothing here is carried out on the thread pool, which belongs to the code of others: one that blocks all its threads must not keep the
/// next call, its cancellation or its answer waiting. Only <c>ping</c> goes through the pool, to find out whether it still moves.
/// </remarks>
internal sealed class WorkerSession(MessageReader reader, MessageWriter writer)
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int UnknownMethod = -32601;
    private const int InternalError = -32603;

    private readonly RunningCalls running = new();
    private readonly EnvironmentWatch environment = new();
    private RequestTable? requests;

    /// <summary>Runs until the input ends, or <c>shutdown</c> is asked for.</summary>
    public void Run()
    {
        try
        {
            while (reader.Read() is { } line && Handle(line))
            {
            }
        }
        catch (IOException)
        {
            // The host is gone.
        }
        catch (InvalidDataException exception)
        {
            writer.Error(null, InvalidRequest, exception.Message);
        }
    }

    private bool Handle(byte[] line)
    {
        JsonElement message;
        try
        {
            message = JsonDocument.Parse(line, JsonText.Reading).RootElement;
        }
        catch (JsonException exception)
        {
            writer.Error(null, ParseError, exception.Message);
            return true;
        }

        long? id = message.Member("id"u8) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var known) ? known : null;
        var parameters = message.Member("params"u8);
        switch (message.Text("method"u8))
        {
            case null:
                writer.Error(id, InvalidRequest, "a request needs a method");
                return true;
            case "cancel":
                if (parameters.Member("id"u8) is { ValueKind: JsonValueKind.Number } call && call.TryGetInt64(out var cancelled))
                {
                    running.Cancel(cancelled);
                }

                return true;
            case var _ when id is null:
                // A notification that is not known.
                return true;
            case "ping":
                ThreadPool.UnsafeQueueUserWorkItem(_ => writer.Result(id.Value, json => json.WriteNullValue()), null);
                return true;
            case "shutdown":
                writer.Result(id.Value, json => json.WriteNullValue());
                return false;
            case var method:
                Take(method, id.Value, parameters);
                return true;
        }
    }

    private void Take(string method, long id, JsonElement parameters)
    {
        if (method == "initialize")
        {
            Initialize(id, parameters);
        }
        else if (requests is null)
        {
            writer.Error(id, InvalidRequest, "initialize comes first");
        }
        else if (!RequestTable.Knows(method))
        {
            writer.Error(id, UnknownMethod, $"there is no method '{method}'");
        }
        else if (running.Begin(id) is { } cancellation)
        {
            var table = requests;
            new Thread(() => CarryOut(table, method, id, parameters, cancellation))
            {
                IsBackground = true,
                Name = $"turbulence-{id}",
            }.Start();
        }
        else
        {
            writer.Error(id, InvalidRequest, $"the id {id} is in use");
        }
    }

    private void Initialize(long id, JsonElement parameters)
    {
        if (requests is not null)
        {
            writer.Error(id, InvalidRequest, "initialize comes once");
            return;
        }

        requests = new(parameters.Text("directory"u8), writer);
        writer.Result(id, WorkerIdentity.WriteTo);
    }

    private void CarryOut(RequestTable table, string method, long id, JsonElement parameters, CancellationTokenSource cancellation)
    {
        try
        {
            var answer = table.CarryOut(method, parameters, cancellation.Token, out var pending) ?? Wait(pending!);
            running.End(id);
            environment.Tell(writer);
            writer.Result(id, answer);
        }
        catch (Exception exception)
        {
            Fail(id, ExceptionText.Unwrap(exception));
        }
    }

    // This thread has nothing else to do, and waiting here needs no thread of the pool to go on.
    private static Action<Utf8JsonWriter> Wait(Task<Action<Utf8JsonWriter>> pending) => pending.GetAwaiter().GetResult();

    private void Fail(long id, Exception exception)
    {
        running.End(id);
        if (exception is not IOException)
        {
            writer.Error(id, InternalError, exception.ToString());
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Hosts.Protocol;
using Turbulence.Json;
using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.Workers;

/// <summary>
/// One worker process, from its start until nothing of its process group is left:
/// <code>
///   started ─ initialised ─ calls … ─┬─ it exits ─────────────────────────────┐
///                                    ├─ too much memory, garbage, deaf ───────┤
///                                    ├─ a cancelled call that goes on ────────┼─ group ended ─ streams drained ─ calls lost
///                                    └─ told to shut down ────────────────────┘
/// </code>
/// </summary>
internal sealed class Worker : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CancelGrace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TerminationGrace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(5);

    private readonly string name;
    private readonly WorkerSettings settings;
    private readonly ChildProcess process;
    private readonly RpcConnection connection;
    private readonly ErrorLines errors;
    private readonly TaskCompletionSource<string> condemned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isLeaving;
    private volatile bool hasAskedForExit;
    private bool answersPings;
    private bool leavesUnread;
    private int calls;

    private Worker(string name, WorkerSettings settings, ChildProcess process, WorkerLog log)
    {
        this.name = name;
        this.settings = settings;
        this.process = process;
        var notifications = new WorkerNotifications(log, AskForExit, settings.Environment);
        connection = new RpcConnection(process.StandardOutput, process.StandardInput, notifications.Take, log.Printed);
        errors = new ErrorLines(process.StandardError, log.Printed);
        Ended = WatchAsync();
    }

    /// <summary>The process's id.</summary>
    public int ProcessId => process.Id;

    /// <summary>Ends when the process and its group are gone and every call has its answer.</summary>
    public Task<WorkerEnd> Ended { get; }

    /// <summary>Whether it takes calls.</summary>
    public bool IsUsable => !isLeaving && !process.Exited.IsCompleted;

    /// <summary>What it runs on, as it says: <c>CPython 3.12.3 (/usr/bin/python3)</c>; null where it does not.</summary>
    public string? Runtime { get; private set; }

    /// <summary>Starts a process.</summary>
    public static bool TryStart(
        string name,
        WorkerLaunch launch,
        WorkerSettings settings,
        WorkerLog log,
        [NotNullWhen(true)] out Worker? worker,
        [NotNullWhen(false)] out string? problem)
    {
        worker = null;
        var start = new ProcessStartOptions
        {
            FileName = launch.FileName,
            Arguments = launch.Arguments,
            NameBeforeExec = settings.Environment.NameBeforeExec,
            Environment = settings.Environment.With(launch.Environment),
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Stream,
        };
        if (!ChildProcess.TryStart(start, out var process, out var failure))
        {
            problem = $"the {name} worker cannot be started: {failure.Message}";
            return false;
        }

        problem = null;
        worker = new Worker(name, settings, process, log);
        return true;
    }

    /// <summary>Hands the program over and agrees on the protocol.</summary>
    /// <returns>Null when all is well; else why the worker, which is then gone, is of no use.</returns>
    public async Task<string?> InitializeAsync(ReadOnlyMemory<byte> preamble, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartLimit, settings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var reply = await GreetAsync(preamble, either.Token);
            if (reply.IsLost)
            {
                var end = await Ended;
                return $"the {name} worker {end.How} before it was ready{end.Said}";
            }

            if (reply.Problem is null
                && reply.Result is JsonObject answer
                && answer["protocol"] is { } version
                && version.ToJsonString() == "1")
            {
                leavesUnread = connection.IsTraceable && Has(answer, "unread");
                answersPings = !leavesUnread && Has(answer, "ping");
                Runtime = Named(answer["runtime"] as JsonObject);
                return null;
            }

            var problem = reply.Problem
                ?? $"it speaks version {(reply.Result as JsonObject)?["protocol"]?.ToJsonString() ?? "none"} of the protocol, and not version 1";
            await EndAsync("was ended");
            return $"the {name} worker is of no use: {problem}";
        }
        catch (OperationCanceledException)
        {
            await EndAsync("was ended");
            cancellationToken.ThrowIfCancellationRequested();
            return $"the {name} worker was not ready within {StartLimit.TotalSeconds} s and was ended{(await Ended).Said}";
        }
    }

    /// <summary>
    /// Whether it can carry out a call now. One that is idle and does not answer a ping cannot: it is ended. One that leaves unread what it
    /// cannot carry out need not be asked.
    /// </summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        if (!answersPings || Volatile.Read(ref calls) > 0)
        {
            return true;
        }

        connection.Send("ping", WriteNothing, out var answer);
        try
        {
            return !(await answer.WaitAsync(ReadLimit, settings.Time, cancellationToken)).IsLost;
        }
        catch (TimeoutException) when (Volatile.Read(ref calls) > 0)
        {
            return true;
        }
        catch (TimeoutException)
        {
            await EndAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"was ended, because it did not answer within {ReadLimit.TotalSeconds} s what carries out nothing,"));
            return false;
        }
    }

    /// <summary>Makes a call and waits for its end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; by then the work has ended, if need be with the
    /// worker.</exception>
    public async Task<WorkerAnswer> CallAsync(WorkerCall call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref calls);
        try
        {
            return await MakeAsync(call, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref calls);
        }
    }

    private async Task<WorkerAnswer> MakeAsync(WorkerCall call, CancellationToken cancellationToken)
    {
        var request = connection.Send(call.Method, call.Parameters, out var answer);
        var reading = leavesUnread && !answer.IsCompleted ? EndUnlessReadAsync(request, answer) : Task.CompletedTask;
        using var limit = call.Limit is { } time ? new CancellationTokenSource(time, settings.Time) : null;
        using var either = limit is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await AnswerAsync(await answer.WaitAsync(either?.Token ?? cancellationToken), call, request);
        }
        catch (OperationCanceledException) when (limit?.IsCancellationRequested == true || cancellationToken.IsCancellationRequested)
        {
            if (await OwnEndAsync(answer, call) is { } own)
            {
                return await AnswerAsync(own, call, request);
            }

            await CancelAsync(request, answer, call);
            cancellationToken.ThrowIfCancellationRequested();
            var longest = string.Create(CultureInfo.InvariantCulture, $"{call.Limit!.Value.TotalSeconds} s");
            return WorkerAnswer.None($"{call.Subject} took longer than {longest}") with { IsLate = true };
        }
        finally
        {
            await reading;
        }
    }

    /// <summary>Ends the process and its group now.</summary>
    /// <param name="how">What others are told of it: <c>was ended: …</c>.</param>
    /// <param name="unread">A request that it must not begin any more where it has not read it yet; null for none.</param>
    public Task EndAsync(string how, SentRequest? unread = null)
    {
        isLeaving = true;
        if (unread is { } request && connection.MostRead < request.End)
        {
            // Who is asked to end is woken up for it, and would read first.
            process.Signal(PosixSignalNumber.Kill);
        }

        condemned.TrySetResult(how);
        return Ended;
    }

    /// <summary>Lets the worker end by itself, and ends it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        isLeaving = true;
        connection.Send("shutdown", WriteNothing, out _);
        try
        {
            await Ended.WaitAsync(ShutdownLimit, settings.Time);
        }
        catch (TimeoutException)
        {
            await EndAsync("was ended: it did not end when it was told to");
        }
    }

    private static string? Named(JsonObject? runtime) => runtime is null ? null : $"{runtime["name"]} {runtime["version"]} ({runtime["executable"]})";

    private static bool Has(JsonObject answer, string capability) =>
        answer["capabilities"] is JsonArray can && can.Any(word => JsonTexts.TryRead(word, out var text) && text == capability);

    private static void WriteNothing(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    private async Task<RpcReply> GreetAsync(ReadOnlyMemory<byte> preamble, CancellationToken cancellationToken)
    {
        try
        {
            await connection.BeginAsync(preamble, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // It ended before it had read the program; how, is what counts.
            return RpcReply.Lost;
        }

        connection.Send("initialize", writer => InitializeMessage.Write(writer, settings), out var answer);
        return await answer.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the worker where it does not read the request, although it carries out nothing else. One that does may have no time to.
    /// </summary>
    private async Task EndUnlessReadAsync(SentRequest request, Task<RpcReply> answer)
    {
        while (connection.MostRead < request.End)
        {
            var isAlone = Volatile.Read(ref calls) == 1;
            try
            {
                await answer.WaitAsync(ReadLimit, settings.Time);
                return;
            }
            catch (TimeoutException) when (isAlone && Volatile.Read(ref calls) == 1 && connection.MostRead < request.End)
            {
                _ = EndAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"was ended, because it did not read within {ReadLimit.TotalSeconds} s what it was to carry out,"),
                    unread: request);
                return;
            }
            catch (TimeoutException)
            {
                continue;
            }
        }
    }

    private async Task<WorkerAnswer> AnswerAsync(RpcReply reply, WorkerCall call, SentRequest request)
    {
        if (reply.IsLost)
        {
            var end = await Ended;
            return WorkerAnswer.None($"the {name} worker {end.How} while it carried out {call.Subject}{end.Said}", end.LastWords) with
            {
                WorkerDied = true,
                WasUnread = end.MostRead < request.End,
            };
        }

        return reply.Problem is null
            ? WorkerAnswer.Of(reply.Result)
            : WorkerAnswer.None($"the {name} worker did not take {call.Subject}: {reply.Problem}");
    }

    private void AskForExit(int code)
    {
        hasAskedForExit = true;
        settings.Exit(code);
    }

    /// <summary>
    /// An activity that asked for the end of the run itself goes on meanwhile, as in the reference: it is given the time to come to its
    /// end, so that what it returns is in the journal.
    /// </summary>
    private async Task<RpcReply?> OwnEndAsync(Task<RpcReply> answer, WorkerCall call)
    {
        if (!hasAskedForExit || call.Method != "run")
        {
            return null;
        }

        await Task.WhenAny(answer, Task.Delay(CancelGrace, settings.Time, CancellationToken.None));
        return answer.IsCompletedSuccessfully ? await answer : null;
    }

    private async Task CancelAsync(SentRequest request, Task<RpcReply> answer, WorkerCall call)
    {
        connection.Notify("cancel", writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("id"u8, request.Id);
            writer.WriteEndObject();
        });
        try
        {
            if ((await answer.WaitAsync(CancelGrace, settings.Time)).IsLost)
            {
                await Ended;
            }
        }
        catch (TimeoutException)
        {
            await EndAsync($"was ended, because {call.Subject} went on after it was cancelled,", unread: request);
        }
    }

    private async Task<WorkerEnd> WatchAsync()
    {
        await Task.Yield();
        using var done = new CancellationTokenSource();
        var reading = connection.ReadAsync();
        var listening = errors.ReadAsync();
        var memory = MemoryWatch.WaitAsync(process.Id, settings.MemoryLimit, settings.Time, done.Token);
        await Task.WhenAny(process.Exited, reading, memory, connection.Deaf, condemned.Task);
        isLeaving = true;
        var why = await WhyAsync(reading, memory);
        await done.CancelAsync();

        // What the worker left running goes with it, and lets go of its streams; what left for a session of its own may hold them for ever.
        var status = await process.TerminateGroupAsync(TerminationGrace, settings.Time);
        await Task.WhenAny(Task.WhenAll(reading, listening), Task.Delay(ChildProcess.DrainGrace, settings.Time, CancellationToken.None));
        var mostRead = connection.MostRead;
        connection.Dispose();
        await process.DisposeAsync();
        await Task.WhenAny(memory);
        await Task.WhenAll(reading, listening);
        return new WorkerEnd(why ?? WorkerEnd.Of(status), errors.Last, mostRead);
    }

    /// <summary>Why we end it; null where it ended by itself.</summary>
    private async Task<string?> WhyAsync(Task<string?> reading, Task<long> memory)
    {
        if (condemned.Task.IsCompleted)
        {
            return await condemned.Task;
        }

        if (memory.IsCompletedSuccessfully)
        {
            var held = await memory;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"was ended, because it held {held >> 20} MiB of memory, more than its {settings.MemoryLimit >> 20} (TURBULENCE_WORKER_MEMORY),");
        }

        if (reading.IsCompleted && await reading is { } breach)
        {
            return $"was ended, because it {breach},";
        }

        // The end of a stream is often the first sign of the end of a process.
        await Task.WhenAny(process.Exited, Task.Delay(ChildProcess.DrainGrace, settings.Time, CancellationToken.None));
        return process.Exited.IsCompleted ? null : "was ended, because it closed one of its protocol's streams,";
    }
}

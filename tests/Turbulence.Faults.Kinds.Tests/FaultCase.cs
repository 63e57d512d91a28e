using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>One fault on its way, as the session would lead it. What is left of it when the test ends is taken back.</summary>
internal sealed class FaultCase : IAsyncDisposable
{
    private static int count;
    private readonly FaultTools tools;
    private readonly CancellationTokenSource end = new();
    private Task renewing = Task.CompletedTask;

    private FaultCase(IFaultKind kind, FaultRecord record)
    {
        Kind = kind;
        Record = record;
        tools = new FaultTools(TimeProvider.System, OtherProcess.Self, Save);
    }

    public IFaultKind Kind { get; }

    /// <summary>The record, as it stands on disk.</summary>
    public FaultRecord Record { get; set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static FaultRequest Request(JsonObject arguments, string? folder = null) => new(
        $"t{Environment.ProcessId:x}{Interlocked.Increment(ref count):x}",
        arguments,
        folder ?? Path.GetTempPath());

    public static async Task<FaultPlanning> PlanAsync(string kind, FaultRequest request)
    {
        Assert.True(BuiltInKinds.All.TryGet(kind, out var found));
        return await found.PlanAsync(request, Token);
    }

    public static async Task<string> RefusalAsync(string kind, JsonObject arguments)
    {
        var planning = await PlanAsync(kind, Request(arguments));
        Assert.Null(planning.Plan);
        Assert.DoesNotContain('\n', planning.Problem!);
        return planning.Problem!;
    }

    public static async Task<FaultCase> MakeAsync(string kind, FaultRequest request)
    {
        var planning = await PlanAsync(kind, request);
        Assert.True(planning.Problem is null, planning.Problem);
        var plan = planning.Plan!;
        Assert.NotEmpty(plan.Targets);
        Assert.DoesNotContain('\n', plan.Text + plan.UndoText);
        BuiltInKinds.All.TryGet(kind, out var found);
        var record = new FaultRecord(
            request.Id, "run", kind, "a fault of a test", RunnerIdentity.Of(default), TimeProvider.System.GetUtcNow(), plan.Targets,
            plan.Undo, plan.UndoText)
        {
            State = FaultState.Injecting,
            IsIrreversible = plan.IsIrreversible,
        };

        // Through text, so that nothing but the record's own words can go on.
        return new FaultCase(found!, RecordText.Read(RecordText.Write(record)) with { IsIrreversible = plan.IsIrreversible });
    }

    public async Task<string?> TryInjectAsync(CancellationToken? stopping = null)
    {
        var problem = (await Kind.InjectAsync(Record, tools, stopping ?? Token)).Problem;
        renewing = Kind is ILeasedKind leased && problem is null ? Task.Run(() => RenewAsync(leased)) : Task.CompletedTask;
        return problem;
    }

    public async Task InjectAsync()
    {
        var problem = await TryInjectAsync();
        Assert.True(problem is null, problem);
    }

    public async Task<Evidence> ObserveAsync() => await Kind.ObserveAsync(Record, tools, Token);

    public async Task<string?> TryRevertAsync() => (await Kind.RevertAsync(Record, tools, Token)).Problem;

    public async Task RevertAsync()
    {
        var problem = await TryRevertAsync();
        Assert.True(problem is null, problem);
    }

    public async Task<Evidence> CheckAsync() => await Kind.CheckAsync(Record, tools, Token);

    /// <summary>The same by a clock that has run on each time it is read: what is in is not waited for to go.</summary>
    public async Task<Evidence> CheckAtOnceAsync() => await Kind.CheckAsync(
        Record, new FaultTools(new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMinutes(1) }, OtherProcess.Self, Save), Token);

    public async Task SeeEffectAsync()
    {
        var evidence = await ObserveAsync();
        Assert.True(evidence.Seen, evidence.Text);
    }

    public async Task SeeItBackAsync()
    {
        var evidence = await CheckAsync();
        Assert.True(evidence.Seen, evidence.Text);
    }

    /// <summary>Lets another process do a step from the record alone.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> ElsewhereAsync(string step)
    {
        var output = await OtherProcess.CarryOutAsync(step, Record, Token);
        var said = Encoding.UTF8.GetString(output.StandardOutput.Bytes.Span) + Encoding.UTF8.GetString(output.StandardError.Bytes.Span);
        Assert.True(output.Status.IsSuccess
            || (step == "die" && output.Status.Signal == PosixSignalNumber.Kill && said == "injected"), $"{output.Status}: {said}");
        return said;
    }

    /// <summary>From now on nobody says any more that it is wanted.</summary>
    public async Task ForgetAsync()
    {
        await end.CancelAsync();
        await renewing;
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetAsync();
        end.Dispose();
        await Kind.RevertAsync(Record, tools, CancellationToken.None);
    }

    private async Task RenewAsync(ILeasedKind leased)
    {
        while (!end.IsCancellationRequested)
        {
            await leased.RenewAsync(Record, CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, end.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ValueTask Save(JsonObject undo)
    {
        Record = RecordText.Read(RecordText.Write(Record with { Undo = undo })) with { IsIrreversible = Record.IsIrreversible };
        return ValueTask.CompletedTask;
    }
}

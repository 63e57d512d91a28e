using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Sessions;
using Turbulence.Interruptions;
using Turbulence.Platform.Sockets;
using Turbulence.Running.Faults;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Faults;

/// <summary>
/// Keeps the faults of one run: enters the run in the ledger, hands what the provider asks for to the session, watches whether the run has
/// lost its faults to somebody else or everything is halted, and takes back at the end.
/// </summary>
/// <param name="surroundings">Where the faults of this run live.</param>
public sealed class FaultKeeper(FaultSurroundings surroundings) : IFaultKeeper, IAsyncDisposable
{
    private readonly Ledger ledger = surroundings.Ledger;
    private readonly TimeProvider time = surroundings.Time;
    private FaultScene? scene;
    private RunEntry? entry;
    private FaultSession? session;
    private IGuardianPost? post;
    private bool isDone;
    private bool isOver;

    /// <inheritdoc/>
    public async ValueTask<string?> BeginAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        this.scene = scene;
        entry = surroundings.Entry ?? new RunEntry(
            ledger, surroundings.Title, time, surroundings.Random, trouble =>
                scene.Stop(new Interruption(InterruptionCause.Experiment, trouble)));
        entry.Amend(run => run with { Title = surroundings.Title, Journal = surroundings.Journal });
        if (entry.Refusal() is { } halted)
        {
            return $"nothing is run: {halted}";
        }

        post = surroundings.Post(entry.Record);
        session = new FaultSession(
            ledger, entry.Record, surroundings.Kinds, post, surroundings.Self, time, surroundings.Random, fault =>
                scene.Report(fault.ToReport()))
        {
            Lose = scene.Lose,
        };
        (entry.Guardian, entry.Amended, entry.Also) = (() => post.Guardian, post.Note, TroubleAsync);

        // Before the first of them is started: what has to be ended is known by the mark, which stands in the record now.
        if (scene.Services.Count > 0 && surroundings.Mark is { } mark)
        {
            entry.Amend(run => run with { Mark = mark, Spared = Taken(scene.Services) });
            if (await post.EnsureAsync(cancellationToken) is { } unguarded)
            {
                scene.Say(
                    NoticeLevel.Warning, $"the services of the run have no guardian, and would outlive a run that is killed: {unguarded}");
            }
        }

        return null;
    }

    /// <summary>Puts a fault in.</summary>
    /// <param name="activity">The name of the activity that asks for it.</param>
    /// <param name="kind">The kind of fault.</param>
    /// <param name="declaration">What is asked for.</param>
    /// <param name="mask">Takes the secrets of the run out of what is said and written.</param>
    /// <param name="cancellationToken">Ends the work; what was done by then is taken back.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<FaultInjection> InjectAsync(
        string activity, IFaultKind kind, FaultDeclaration declaration, SecretMask mask, CancellationToken cancellationToken)
    {
        if (session is null)
        {
            return FaultInjection.Refused("faults are injected by the method of a run, and by nothing else");
        }

        // A run without faults needs no ledger. One with faults is told when it wants to put one in.
        if (entry!.Problem is { } unusable)
        {
            return FaultInjection.Refused(unusable);
        }

        return await session.InjectAsync(Order("", activity, kind, declaration, mask, scene!.Services), cancellationToken);
    }

    /// <summary>Says what a fault would hit, and how it would be taken back. Touches nothing.</summary>
    /// <param name="activity">The name of the activity that asks for it.</param>
    /// <param name="kind">The kind of fault.</param>
    /// <param name="declaration">What is asked for.</param>
    /// <param name="mask">Takes the secrets of the run out of what is said.</param>
    /// <param name="services">The services of the experiment.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Task<FaultPlanning> PlanAsync(
        string activity,
        IFaultKind kind,
        FaultDeclaration declaration,
        SecretMask mask,
        IReadOnlyList<ServiceLocation> services,
        CancellationToken cancellationToken) =>
        FaultPlanner.PlanAsync(Order("plan", activity, kind, declaration, mask, services), cancellationToken);

    private FaultOrder Order(
        string id, string activity, IFaultKind kind, FaultDeclaration declaration, SecretMask mask, IReadOnlyList<ServiceLocation> services)
    {
        var request = new FaultRequest(id, declaration.Arguments, surroundings.BaseDirectory)
        {
            Mask = mask,
            MaxTargets = declaration.MaxTargets,
            Duration = declaration.Duration,
            Services = Known(services),
        };
        return new FaultOrder(activity, kind, request, declaration.AllowIrreversible);
    }

    /// <summary>Services that run already, which faults may name like those of the experiment.</summary>
    internal IReadOnlyList<ServiceLocation> Neighbours => surroundings.Neighbours;

    /// <summary>What somebody asks for who injects nothing, with the services of the run.</summary>
    internal FaultRequest Request(JsonObject arguments, SecretMask mask) => new("", arguments, surroundings.BaseDirectory)
    {
        Mask = mask,
        Services = Known(scene?.Services ?? []),
    };

    /// <inheritdoc/>
    public async ValueTask LookAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (session is not null && !isDone)
        {
            await session.LookAsync(isLast, cancellationToken);
        }
    }

    /// <summary>Reads back from the system how the faults that are in stand, and says so to who asks.</summary>
    /// <returns>What was seen of each.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<IReadOnlyList<Evidence>> SeeAsync(CancellationToken cancellationToken) =>
        session is null || isDone ? [] : [.. (await session.LookAsync(isLast: false, cancellationToken)).OfType<Evidence>()];

    /// <inheritdoc/>
    public async ValueTask TakeBackAsync()
    {
        if (session is null || isDone)
        {
            return;
        }

        isDone = true;
        var faults = await session.RevertAllAsync();
        entry!.Also = null;
        await session.DisposeAsync();
        if (entry.Record.Mark is null)
        {
            await LetGuardianGoAsync();
        }

        foreach (var complaint in session.Complaints)
        {
            scene!.Say(NoticeLevel.Warning, complaint);
        }

        try
        {
            foreach (var fault in faults.Where(fault => fault.State == FaultState.Confirmed))
            {
                ledger.Remove(fault.Id);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            scene!.NeedAPerson(
                $"the faults of this run are taken back, and the ledger in {ledger.Folder} goes on saying that they are in: {failure.Message}");
        }

        // With services the guardian stays: they are stopped after this, and a runner that dies before that leaves them to it.
        if (isOver)
        {
            await EndAsync();
        }
    }

    /// <summary>Takes back what nobody has yet, and lets go of everything. The services of the run are stopped by now.</summary>
    public async ValueTask DisposeAsync()
    {
        await TakeBackAsync();
        await LetGuardianGoAsync();
        await EndAsync();
    }

    // Of two of one name the experiment's own is meant.
    private Dictionary<string, ServiceLocation> Known(IReadOnlyList<ServiceLocation> services) =>
        services.Concat(Neighbours).DistinctBy(service => service.Name).ToDictionary(service => service.Name);

    private async ValueTask LetGuardianGoAsync()
    {
        if (!isOver && post is not null)
        {
            isOver = true;
            (entry!.Guardian, entry.Amended) = (static () => null, static _ => { });
            await post.DisposeAsync();
        }
    }

    // Who listens there now is no process of the run, and what a rollback puts in its place is meant to stay.
    private static IReadOnlyList<int> Taken(IReadOnlyList<ServiceLocation> services) =>
        [.. services.Select(service => service.Port).OfType<int>().Where(ListeningProcess.IsListening)];

    private async ValueTask EndAsync()
    {
        if (surroundings.Entry is null && entry is not null)
        {
            await entry.DisposeAsync();
        }
    }

    private async Task<string?> TroubleAsync(CancellationToken cancellationToken)
    {
        try
        {
            if ((post!.Loss ?? ledger.LossOf(entry!.Record.Id)) is { } lost)
            {
                return $"the run is lost: {lost}";
            }

            await session!.TendAsync(cancellationToken);
            return session.HasOutstanding && await post.EnsureAsync(cancellationToken) is { } unguarded
                ? $"the faults of the run have no guardian any more: {unguarded}"
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the ledger in {ledger.Folder} cannot be read any more: {failure.Message}";
        }
    }
}

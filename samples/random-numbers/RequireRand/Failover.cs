using System.Threading.RateLimiting;
using Polly;
using Polly.Hedging;

namespace RandomNumbers.RequireRand;

/// <summary>Asks rand servers, the first one first, until one answers; README.md has a picture of the way.</summary>
public sealed class Failover : IDisposable
{
    private static readonly ResiliencePropertyKey<Asking> Key = new("asking");

    private readonly IReadOnlyList<RandServerClient> servers;
    private readonly ResilienceSettings settings;
    private readonly TimeProvider time;
    private readonly ConcurrencyLimiter entrance;
    private readonly HedgingBudget budget;
    private readonly ResiliencePipeline<ServerReply> pipeline;

    /// <summary>Makes it; nobody is asked yet.</summary>
    /// <param name="servers">1 to <see cref="MostServers"/>, at the places that they say.</param>
    /// <param name="settings">When a second server is asked, and how often.</param>
    /// <param name="time">The clock.</param>
    public Failover(IReadOnlyList<RandServerClient> servers, ResilienceSettings settings, TimeProvider time)
    {
        this.servers = servers;
        this.settings = settings;
        this.time = time;
        entrance = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = settings.UsersAtOnce,
            QueueLimit = settings.UsersWaiting,
            QueueProcessingOrder = QueueProcessingOrder.NewestFirst,
        });
        budget = new HedgingBudget(settings.HedgeShare, settings.HedgeBurst);
        pipeline = new ResiliencePipelineBuilder<ServerReply> { TimeProvider = time }
            .AddHedging(new HedgingStrategyOptions<ServerReply>
            {
                MaxHedgedAttempts = Math.Max(1, servers.Count - 1),
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is ServerReply.Failed),
                DelayGenerator = args => ValueTask.FromResult(Of(args.Context).CanGoOn ? settings.HedgeAfter : Timeout.InfiniteTimeSpan),
                ActionGenerator = Next,
            })
            .Build();
    }

    /// <summary>How many servers there can be: Polly asks ten beside the first.</summary>
    public static int MostServers => 11;

    /// <summary>Asks for a number.</summary>
    /// <param name="question">What each server is sent.</param>
    /// <returns>The first number or refusal; when no server gave one, a failure that names each server and its reason, or says that too
    /// many ask.</returns>
    public async ValueTask<ServerReply> AskAsync(byte[] question)
    {
        using var turn = entrance.AttemptAcquire() is { IsAcquired: true } free ? free : await WaitForTurnAsync();
        return turn.IsAcquired ? await PassAsync(question) : new ServerReply.Failed("too many ask at the same time");
    }

    /// <inheritdoc/>
    public void Dispose() => entrance.Dispose();

    private static Asking Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    private async ValueTask<RateLimitLease> WaitForTurnAsync()
    {
        using var patience = new CancellationTokenSource(settings.ServerTimeLimit, time);
        try
        {
            return await entrance.AcquireAsync(cancellationToken: patience.Token);
        }
        catch (OperationCanceledException)
        {
            return entrance.AttemptAcquire();
        }
    }

    private async ValueTask<ServerReply> PassAsync(byte[] question)
    {
        budget.Earn();

        // A user who leaves does not end it: he is answered within two seconds, and a connection that is used up costs more than the
        // answer.
        var context = ResilienceContextPool.Shared.Get();
        var asking = new Asking(question, servers);
        context.Properties.Set(Key, asking);
        try
        {
            var reply = await pipeline.ExecuteAsync(
                static (context, asking) => asking.AskNextAsync(context.CancellationToken), context, asking);
            return reply is ServerReply.Failed ? asking.Failure() : reply;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// Who is asked next, and whether: where everyone asked has failed, the next one takes his place; where somebody is only slow, it is a
    /// second request, for which the budget has to pay. Where it cannot, Polly comes back after the same delay, or when the slow one has
    /// failed.
    /// </summary>
    private Func<ValueTask<Outcome<ServerReply>>>? Next(HedgingActionGeneratorArguments<ServerReply> args)
    {
        var asking = Of(args.PrimaryContext);
        if (!asking.CanGoOn || !(asking.EveryoneAskedHasFailed || budget.TrySpend()))
        {
            return null;
        }

        var cancellation = args.ActionContext.CancellationToken;
        return async () => Outcome.FromResult(await asking.AskNextAsync(cancellation));
    }
}

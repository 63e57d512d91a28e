using System.Threading.Channels;
using Polly;
using Polly.CircuitBreaker;

namespace RandomNumbers.RequireRand;

/// <summary>
/// Keeps users away from a server that fails too often. Polly counts; but its breaker would find out with a user's request whether the
/// server is back, and he would wait for it. So this one stays open until <see cref="ServerTrials"/> has had an answer.
/// </summary>
internal sealed class ServerBreaker
{
    private static readonly TimeSpan UntilClosed = TimeSpan.FromDays(1); // the longest that Polly takes

    private readonly CircuitBreakerStateProvider state = new();
    private readonly CircuitBreakerManualControl control = new();
    private readonly Channel<bool> opened =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ResiliencePipeline<ServerReply> pipeline;

    public ServerBreaker(ResilienceSettings settings, TimeProvider time)
    {
        pipeline = new ResiliencePipelineBuilder<ServerReply> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ServerReply>
            {
                FailureRatio = settings.BreakerRatio,
                MinimumThroughput = settings.BreakerLeast,
                SamplingDuration = settings.BreakerWindow,
                BreakDuration = UntilClosed,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is ServerReply.Failed),
                StateProvider = state,
                ManualControl = control,
                OnOpened = _ =>
                {
                    opened.Writer.TryWrite(true);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>True while users' requests go to the server as usual.</summary>
    public bool IsClosed => state.CircuitState == CircuitState.Closed;

    /// <summary>Ends when the breaker opens, or at once where it did since the last time.</summary>
    public ValueTask<bool> OpenedAsync(CancellationToken cancellationToken) => opened.Reader.ReadAsync(cancellationToken);

    /// <summary>Lets users' requests through again, and forgets what was counted.</summary>
    public Task CloseAsync() => control.CloseAsync(CancellationToken.None);

    /// <summary>Asks through the closed breaker, which counts what comes of it; one that has opened meanwhile refuses.</summary>
    public async ValueTask<ServerReply> CountAsync(Func<CancellationToken, ValueTask<ServerReply>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(static (ask, cancellationToken) => ask(cancellationToken), ask, cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return new ServerReply.Failed("not asked, since it failed too often");
        }
    }
}

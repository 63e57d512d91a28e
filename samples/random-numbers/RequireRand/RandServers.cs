using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace RandomNumbers.RequireRand;

/// <summary>Puts together what asks rand servers.</summary>
public static class RandServers
{
    /// <summary>Adds <see cref="Failover"/>: a client for each server, with its own connections and limits, and the trials of those that
    /// failed.</summary>
    /// <param name="services">Where it goes; the clock is a <see cref="TimeProvider"/> that is there already, or the system's.</param>
    /// <param name="addresses">The servers, the first one first.</param>
    /// <param name="settings">How require_rand lives with their failures.</param>
    public static IServiceCollection AddRandServers(
        this IServiceCollection services, IReadOnlyList<RandServerAddress> addresses, ResilienceSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        for (var position = 0; position < addresses.Count; position++)
        {
            AddClient(services, position, settings);
        }

        services.AddSingleton<IReadOnlyList<RandServerClient>>(provider =>
        [
            .. addresses.Select((address, position) =>
            {
                var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName(position));
                return new RandServerClient(address, position, http, settings, provider.GetRequiredService<TimeProvider>());
            }),
        ]);
        services.AddSingleton(settings);
        services.AddSingleton<Failover>();
        services.AddHostedService<ServerTrials>();
        return services;
    }

    /// <summary>Two servers may have the same name: a client is called after its place.</summary>
    internal static string ClientName(int position) => $"rand-server-{position}";

    private static bool HasEnded(Exception? error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpRequestException { InnerException: IOException };

    private static void AddClient(IServiceCollection services, int position, ResilienceSettings settings)
    {
        // The pipeline's time limit is the only one; and the client lives as long as the program, so that it is the connections that are
        // renewed, not the handler.
        var client = services.AddHttpClient(ClientName(position), static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((sockets, _) =>
            {
                sockets.AllowAutoRedirect = false;
                sockets.ConnectTimeout = settings.ServerTimeLimit;
                sockets.PooledConnectionLifetime = settings.ConnectionLifetime;
                sockets.UseCookies = false;
                sockets.UseProxy = false;
            });
        client.AddResilienceHandler("limits", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            if (settings.Retries > 0)
            {
                pipeline.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = settings.Retries, Delay = TimeSpan.Zero });
            }

            pipeline
                .AddTimeout(settings.ServerTimeLimit)
                .AddConcurrencyLimiter(new ConcurrencyLimiterOptions
                {
                    PermitLimit = settings.RequestsAtOnce,
                    QueueLimit = settings.UsersAtOnce, // never full: a user has one request here at most
                    QueueProcessingOrder = QueueProcessingOrder.NewestFirst,
                })
                .AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = settings.StaleRetries,
                    Delay = TimeSpan.Zero,
                    ShouldHandle = static args => ValueTask.FromResult(HasEnded(args.Outcome.Exception)),
                });
        });
        client.AddHttpMessageHandler(() => new WholeAnswers(settings.LargestAnswer));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Shop;

/// <summary>
/// A shop that asks one server for a price, and another one when that fails. Both are served by the shop itself, so that this is all
/// there is.
/// </summary>
public sealed class RunningShop : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningShop(WebApplication app)
    {
        this.app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>Asks the shop.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts one on a free port.</summary>
    public static async Task<RunningShop> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/primary", () => "7, says the primary");
        app.MapGet("/secondary", () => "7, says the secondary");
        app.MapGet("/price", async () =>
        {
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            try
            {
                return await client.GetStringAsync("/primary");
            }
            catch (HttpRequestException)
            {
                return await client.GetStringAsync("/secondary");
            }
        });
        await app.StartAsync();
        return new RunningShop(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}

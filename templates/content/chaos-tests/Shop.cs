using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Resilience._1;

/// <summary>Stands for the system that you test: a <c>WebApplicationFactory</c>, an AppHost, or services that run already.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private static readonly HttpClient Client = new();

    private readonly WebApplication application;

    private Shop(WebApplication application) => this.application = application;

    public string PriceList { get; } = Path.GetTempFileName();

    public string Address => application.Urls.Single();

    public static async Task<Shop> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var shop = new Shop(builder.Build());
        await File.WriteAllTextAsync(shop.PriceList, "9.90");
        shop.application.MapGet("/stock", () => "7");
        shop.application.MapGet("/price", async () => $"{await shop.PriceAsync()}, {await shop.StockAsync()} in stock");
        await shop.application.StartAsync();
        return shop;
    }

    public Task<string> AskAsync(string path, CancellationToken cancellationToken = default) => Client.GetStringAsync(Address + path, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        File.Delete(PriceList);
    }

    private async Task<string> PriceAsync() => File.Exists(PriceList) ? await File.ReadAllTextAsync(PriceList) : "no price";

    private async Task<string> StockAsync()
    {
        try
        {
            return await AskAsync("/stock");
        }
        catch (HttpRequestException)
        {
            return "some";
        }
    }
}

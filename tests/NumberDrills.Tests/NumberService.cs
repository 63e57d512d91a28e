using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Turbulence.Sdk;

namespace NumberDrills.Tests;

/// <summary>A service on a free port that answers every draw with the next of its texts, over and over.</summary>
internal sealed class NumberService : IAsyncDisposable
{
    private readonly WebApplication service;

    private NumberService(WebApplication service) => this.service = service;

    public Configuration Configuration =>
        new(JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["require_rand"] = service.Urls.First() }));

    public static async Task<NumberService> StartAsync(params string[] answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        var service = builder.Build();
        service.Urls.Add("http://127.0.0.1:0");
        var asked = 0;
        service.Run(context => context.Response.WriteAsync(answers[asked++ % answers.Length]));
        await service.StartAsync(TestContext.Current.CancellationToken);
        return new NumberService(service);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();
}

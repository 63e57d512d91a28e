using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Turbulence.Testing.Tests;

/// <summary>A server that says hello, on a free port of the loopback.</summary>
internal sealed class HelloServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private HelloServer(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());

    public static async Task<HelloServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(static context => context.Response.WriteAsync("hello"));
        await app.StartAsync();
        return new HelloServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

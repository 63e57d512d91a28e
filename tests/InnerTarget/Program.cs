using System.Net;
using InnerTarget;

// inner-target   listens on a port of the loopback, says which, and ends with its input
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(static server => server.Listen(IPAddress.Loopback, 0));
var app = builder.Build();
app.MapGet("/ping", static () => "pong");
app.MapGet("/orders/{id}", static (string id) => $"order {id}");
app.MapPost("/echo", static (HttpRequest request) => Results.Stream(request.Body));
app.MapGet("/call", static (string url) => Work.CallAsync(url, null));
app.MapGet("/calls", static (string url, int count) => Work.CallOftenAsync(url, count));
app.MapGet("/post", static (string url, string body) => Work.CallAsync(url, body));
app.MapGet("/own", static (string name, string tag) => Work.Operate(name, tag));
app.MapGet("/lock", static () => Work.Lock());
app.MapGet("/temporary", static (string folder) => Environment.SetEnvironmentVariable("TMPDIR", folder));
app.MapGet("/collect", static () => GC.Collect());
app.MapGet("/state", static () => string.Join(
    ' ', GC.GetTotalMemory(false), GC.CollectionCount(GC.MaxGeneration), ThreadPool.ThreadCount, Work.FirstChances, Work.SpansSeen));
await app.StartAsync();
Console.WriteLine(new Uri(app.Urls.First()).Port);
while (Console.In.ReadLine() is not null)
{
}

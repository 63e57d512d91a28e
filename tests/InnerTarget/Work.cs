using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace InnerTarget;

/// <summary>What the program does, so that something can be done to it.</summary>
internal static class Work
{
    public static readonly object Gate = new();

    private static readonly ActivitySource Source = new("InnerTarget.Work");
    private static readonly HttpClient Client = new();
    private static long firstChances;

    static Work() => AppDomain.CurrentDomain.FirstChanceException += static (_, _) => Interlocked.Increment(ref firstChances);

    public static long FirstChances => Interlocked.Read(ref firstChances);

    /// <summary>Whether anybody listens to the program's own operations.</summary>
    public static bool SpansSeen => Source.HasListeners();

    /// <summary>Calls another server: <c>status|body|milliseconds|headers it was asked with</c>, or the types of the exceptions.</summary>
    public static async Task<string> CallAsync(string url, string? content)
    {
        var begun = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, url);
        request.Content = content is null ? null : new StringContent(content, Encoding.UTF8);
        var before = (request.RequestUri, request.Content, request.Headers.Host);
        string said;
        try
        {
            using var answer = await Client.SendAsync(request);
            said = $"{(int)answer.StatusCode}|{await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception failure)
        {
            said = $"{Names(failure)}|{failure.Message}";
        }

        var same = before == (request.RequestUri, request.Content, request.Headers.Host);
        return $"{said}|{Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0}|{(same ? "as it was" : "changed")}";
    }

    /// <summary>Calls another server all the time, from four places at once: what came of it, each once, one a line.</summary>
    public static async Task<string> CallOftenAsync(string url, int count)
    {
        var said = new ConcurrentDictionary<string, int>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < count; i++)
            {
                var parts = (await CallAsync(url, null)).Split('|');
                said.AddOrUpdate($"{parts[0]} {parts[1]}, {parts[3]}", 1, static (_, times) => times + 1);
            }
        }));
        return string.Join('\n', said.Keys);
    }

    /// <summary>An operation with a span, as libraries have them: <c>done</c> or the types of the exceptions.</summary>
    public static string Operate(string name, string tag)
    {
        var begun = Stopwatch.GetTimestamp();
        var current = Activity.Current;
        string said;
        try
        {
            using var span = Source.StartActivity(name, ActivityKind.Client, default(ActivityContext),
                [new("shop.tag", tag == "untold" ? new Untold() : tag), new("db.name", tag == "untold" ? new Untold() : tag)]);
            said = "done";
        }
        catch (Exception failure)
        {
            said = Names(failure);
        }

        return $"{said}|{Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0}|{(Activity.Current == current ? "as it was" : "changed")}";
    }

    /// <summary>How long it took to get the lock, in milliseconds.</summary>
    public static string Lock()
    {
        var begun = Stopwatch.GetTimestamp();
        lock (Gate)
        {
            return $"{Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0}";
        }
    }

    private sealed class Untold
    {
        public override string ToString() => throw new NotSupportedException("It is not told.");
    }

    private static string Names(Exception failure) =>
        failure.GetType().Name + (failure.InnerException is { } inner ? $" < {Names(inner)}" : "");
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;

namespace Turbulence.Load.Tests.Driving;

/// <summary>Alone, since what the others keep meanwhile would be counted with it.</summary>
[Collection("Memory")]
public sealed class LoadMemoryTests
{
    private const int Minute = 60;

    [Fact]
    public async Task An_hour_of_requests_keeps_no_more_memory_than_ten_minutes_of_them()
    {
        // Of a clock that the test moves from one request to the next.
        var time = new FakeTimeProvider();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener);
        var plan = new LoadPlan(
            [new LoadRequest(new Uri($"http://{listener.LocalEndpoint}/"))], LoadSchedule.Constant(1, TimeSpan.FromSeconds(60 * Minute)))
        {
            Timeout = TimeSpan.FromDays(1),
        };
        var meter = new FailoverMeter(LoadGenerator.NamesOf(plan));
        using var counted = new Counted();
        var generator = new LoadGenerator(plan, time, new LoadSinks(new LoadTimeline(), meter, new LoadPulse(), counted));
        var sending = generator.RunAsync(TestContext.Current.CancellationToken);
        await counted.UntilAsync(1);
        for (var second = 1; second < 10 * Minute; second++)
        {
            await NextAsync(second);
        }

        var early = GC.GetTotalMemory(forceFullCollection: true);
        for (var second = 10 * Minute; second < 60 * Minute; second++)
        {
            await NextAsync(second);
        }

        var late = GC.GetTotalMemory(forceFullCollection: true);
        time.Advance(TimeSpan.FromSeconds(1));
        var result = await sending;
        Assert.Equal((3600, 3600, 0), (result.Intended, result.Outcomes[0].Value, result.Lost));
        Assert.InRange(late - early, -1 << 20, 64 << 10);
        listener.Stop();
        await answering;

        async Task NextAsync(int second)
        {
            if (second == 5 * Minute)
            {
                meter.Begin("f", generator.Now);
            }

            time.Advance(TimeSpan.FromSeconds(1));
            await counted.UntilAsync(second + 1);
        }
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            using var client = await listener.AcceptSocketAsync();
            var memory = new byte[1024];
            var answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"u8.ToArray();
            while (await client.ReceiveAsync(memory) > 0)
            {
                await client.SendAsync(answer);
            }
        }
        catch (SocketException)
        {
            // The load has ended.
        }
    }

    private sealed class Counted : ILoadSink, IDisposable
    {
        private readonly SemaphoreSlim ended = new(0);
        private int taken;

        public void Add(in LoadSample sample) => ended.Release();

        public void Dispose() => ended.Dispose();

        public async Task UntilAsync(int count)
        {
            for (; taken < count; taken++)
            {
                Assert.True(
                    await ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken),
                    $"request {taken} has not ended");
            }
        }
    }
}

using System.Buffers;

namespace Turbulence.Activities.Http;

/// <summary>Sends one request and reads its answer, within the time limits.</summary>
internal sealed class HttpCaller(HttpLanePool lanes)
{
    /// <summary>
    /// Sends a request; once, but for what <see cref="HttpOrder.Retries"/> allows and for a kept connection that turns out dead.
    /// </summary>
    /// <param name="order">How to send.</param>
    /// <param name="request">What to send, and where to.</param>
    /// <param name="keep">Whether a kept connection may be used.</param>
    /// <param name="clock">Tells how long to wait.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The answer, or what went wrong: exactly one of them.</returns>
    public async ValueTask<(HttpAnswer? Answer, HttpTrouble? Trouble)> CallAsync(
        HttpOrder order, HttpRequestPlan request, bool keep, ExchangeClock clock, CancellationToken cancellationToken)
    {
        // A connection that was kept may be gone without a sign (the server was restarted), and a request on it says nothing
        // about the server as it is now. Only what is safe to send twice goes over one.
        var mayBeUsed = keep && request.IsSafe;
        for (var left = order.Retries; ;)
        {
            using var timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock.Time);
            var exchange = new HttpExchange(() =>
            {
                clock.Send();
                SetLimit(timer, clock.ForAnswer);
            });
            var result = await TryAsync(order, request, exchange, !mayBeUsed, keep, clock, timer, cancellationToken);
            if (result.Trouble is { Kind: HttpTroubleKind.NoAnswer })
            {
                if (exchange.OnUsedConnection && !exchange.Head.Started)
                {
                    mayBeUsed = false;
                    continue;
                }

                if (!exchange.Sent && left-- > 0)
                {
                    continue;
                }
            }

            return result;
        }
    }

    private async ValueTask<(HttpAnswer? Answer, HttpTrouble? Trouble)> TryAsync(
        HttpOrder order,
        HttpRequestPlan request,
        HttpExchange exchange,
        bool fresh,
        bool keep,
        ExchangeClock clock,
        CancellationTokenSource timer,
        CancellationToken cancellationToken)
    {
        using var forward = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), timer);
        SetLimit(timer, clock.ForConnection);
        var lane = lanes.Rent(order, request.Url, fresh, clock.Time);
        var whole = false;
        try
        {
            using var message = request.ToMessage();
            using var response = await lane.SendAsync(message, exchange, timer.Token);
            if (exchange.Head.FramingProblem is { } problem)
            {
                return (null, new(HttpTroubleKind.Unreadable, problem));
            }

            var answer = new HttpAnswer((int)response.StatusCode, exchange.Head, default, Truncated: false);
            if (answer.RedirectTo is not null)
            {
                return (answer, null);
            }

            var (body, truncated, trouble) = await ReadAsync(response.Content, order.BodyLimit, clock, timer, cancellationToken);
            whole = trouble is null && !truncated;
            return trouble is null ? (answer with { Body = body, Truncated = truncated }, null) : (null, trouble);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, TooLate(order, clock));
        }
        catch (Exception failure) when (failure
            is HttpRequestException or IOException or InvalidOperationException or NotSupportedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, timer.IsCancellationRequested
                ? TooLate(order, clock)
                : HttpTrouble.BeforeAnswer(failure, lane, exchange, request.Url));
        }
        finally
        {
            if (whole && keep)
            {
                lanes.Return(lane, order, request.Url);
            }
            else
            {
                lane.Dispose();
            }
        }
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Body, bool Truncated, HttpTrouble? Trouble)> ReadAsync(
        HttpContent content, int bodyLimit, ExchangeClock clock, CancellationTokenSource timer, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        try
        {
            await using var stream = await content.ReadAsStreamAsync(timer.Token);
            while (true)
            {
                SetLimit(timer, clock.ForAnswer);
                var room = body.GetMemory(1024);
                var count = await stream.ReadAsync(
                    room[..(int)Math.Min(room.Length, (long)bodyLimit - body.WrittenCount + 1)], timer.Token);
                if (count == 0)
                {
                    return (body.WrittenMemory, false, null);
                }

                body.Advance(count);
                if (body.WrittenCount > bodyLimit)
                {
                    return (body.WrittenMemory[..bodyLimit], true, null);
                }
            }
        }
        catch (Exception failure) when (failure
            is HttpRequestException or IOException or InvalidOperationException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (default, false, failure switch
            {
                _ when timer.IsCancellationRequested => new(HttpTroubleKind.TooLate, ""),
                InvalidDataException or InvalidOperationException => new(HttpTroubleKind.Unreadable, "the body cannot be decompressed"),
                _ => new(HttpTroubleKind.CutShort, "the connection was closed before the whole answer had come"),
            });
        }
    }

    private static HttpTrouble TooLate(HttpOrder order, ExchangeClock clock) => clock.HasSent
        ? new(HttpTroubleKind.TooLate, "")
        : new(HttpTroubleKind.NoAnswer, FormattableString.Invariant($"no connection within {order.Limits.Connect?.TotalSeconds} s"));

    private static void SetLimit(CancellationTokenSource timer, TimeSpan? limit)
    {
        if (!timer.IsCancellationRequested)
        {
            timer.CancelAfter(limit ?? Timeout.InfiniteTimeSpan);
        }
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Net;
using Turbulence.Telemetry.Settings;

namespace Turbulence.Telemetry.Delivery;

/// <summary>
/// Carries the requests of one signal: sends again what a collector asks to be sent again (OTLP specification, "Failures"), within the time
/// limit of the request, and accounts for each.
/// </summary>
/// <param name="target">Where to.</param>
/// <param name="tally">Accounts for it.</param>
/// <param name="ending">
/// Says whether the run is over, so that nobody waits for a collector that is not there, and when nobody waits at all.
/// </param>
/// <param name="time">The clock.</param>
internal sealed class OtlpDelivery(OtlpTarget target, DeliveryTally tally, DeliveryEnding ending, TimeProvider time) : DelegatingHandler
{
    // What a collector has to say fits; more is not read.
    private const int MostAnswer = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var items = await CountAsync(request);
        tally.Leave(items);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.Over);
        var pause = FirstPause;
        while (true)
        {
            HttpResponseMessage? answer = null;
            TimeSpan? again;
            string problem;
            try
            {
                answer = await base.SendAsync(request, either.Token);
                await answer.Content.LoadIntoBufferAsync(MostAnswer, either.Token);
                (problem, again) = Judge(answer, await answer.Content.ReadAsByteArrayAsync(either.Token), items, pause);
            }
            catch (OperationCanceledException)
            {
                answer?.Dispose();
                tally.Fail("no answer in time");
                throw;
            }
            catch (HttpRequestException failure)
            {
                answer?.Dispose();
                answer = null;

                // There is nobody, or he has gone: at the end of a run he is not waited for.
                (problem, again) = (failure.InnerException?.Message ?? failure.Message, ending.HasBegun ? null : pause);
                if (again is null)
                {
                    tally.Fail(problem);
                    throw;
                }
            }

            if (again is not { } wait)
            {
                return answer!;
            }

            tally.Fail(problem);
            answer?.Dispose();
            await WaitAsync(wait, either.Token);
            pause *= 2;
        }
    }

    // A run that ends meanwhile is no longer waited with, for a collector that was not there.
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, ending.HasBegun ? CancellationToken.None : ending.Begun);
        try
        {
            await Task.Delay(wait, time, woken.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    private (string Problem, TimeSpan? Again) Judge(HttpResponseMessage answer, byte[] body, long items, TimeSpan pause)
    {
        var grpc = target.IsGrpc ? GrpcStatus(answer) : null;
        if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted && grpc is null or 0)
        {
            var (rejected, why) = OtlpMessage.Rejected(target.IsGrpc ? OtlpMessage.OfFrame(body) : body);
            tally.Take(items - Math.Min(items, rejected), rejected > 0 ? $"it rejected {rejected}{(why.Length > 0 ? $": {why}" : "")}" : null);
            return ("", null);
        }

        var problem = grpc is { } status
            ? string.Create(CultureInfo.InvariantCulture, $"it answered with gRPC status {status}")
            : string.Create(CultureInfo.InvariantCulture, $"it answered with status {(int)answer.StatusCode}");

        // Of gRPC: cancelled, deadline exceeded, aborted, out of range, unavailable, data loss.
        var mayBeSentAgain = (int)answer.StatusCode is 429 or 502 or 503 or 504 || grpc is 1 or 4 or 10 or 11 or 14 or 15;
        tally.Fail(problem);
        var wait = RetryAfter(answer) ?? pause;
        return (problem, mayBeSentAgain && !(ending.HasBegun && wait > DeliveryEnding.Patience) ? wait : null);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static int? GrpcStatus(HttpResponseMessage answer) =>
        (answer.TrailingHeaders.TryGetValues("grpc-status", out var values) || answer.Headers.TryGetValues("grpc-status", out values))
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        ? status
        : answer.StatusCode == HttpStatusCode.OK ? 2 : null;

    private async Task<long> CountAsync(HttpRequestMessage request)
    {
        if (request.Content is null)
        {
            return 0;
        }

        await request.Content.LoadIntoBufferAsync();
        var bytes = await request.Content.ReadAsByteArrayAsync();
        if (!target.IsCompressed)
        {
            return OtlpMessage.Items(target.IsGrpc ? OtlpMessage.OfFrame(bytes) : bytes);
        }

        using var plain = new MemoryStream();
        var prefix = target.IsGrpc ? OtlpMessage.GrpcPrefix : 0;
        await using var packed = new GZipStream(new MemoryStream(bytes, prefix, bytes.Length - prefix), CompressionMode.Decompress);
        await packed.CopyToAsync(plain);
        return OtlpMessage.Items(plain.GetBuffer().AsSpan(0, (int)plain.Length));
    }
}

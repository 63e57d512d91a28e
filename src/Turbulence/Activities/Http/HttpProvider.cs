using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Activities.Http;

/// <summary>
/// Calls an HTTP endpoint. The result is <c>{"status": 200, "headers": {…}, "body": …}</c>: headers by the names the server sent, values of
/// one name joined by <c>", "</c>; the body a JSON value where the answer says so, and otherwise text. A body longer than <c>body_limit</c>
/// (bytes, decompressed; default <see cref="HttpSurroundings.BodyLimit"/>) fails the activity; in compatibility mode it is cut, stays text,
/// and <c>"body_truncated": true</c> is added.
/// </summary>
/// <remarks>
/// <para><c>timeout</c> (seconds, default 30; none in compatibility mode) limits the whole exchange, retries, redirects and the last byte
/// of the body included. Of the list <c>[connect, read]</c> the first limits each connection and the second everything from the first
/// request on. In compatibility mode both are for each wait by itself: for the connection, for the answer's headers, and for each next
/// piece of its body.</para>
/// <para>Requests that only read (GET, HEAD, OPTIONS) may use a connection that an earlier one left, for up to four seconds; one
/// that breaks there before any byte of the answer is sent once more on a new connection. Every other request, and every request
/// in compatibility mode, is sent on a connection of its own, once.</para>
/// </remarks>
/// <param name="surroundings">What is taken from the machine; null for its defaults.</param>
public sealed class HttpProvider(HttpSurroundings? surroundings = null) : IActivityProvider, IDisposable
{
    private readonly HttpSurroundings surroundings = surroundings ?? new HttpSurroundings();
    private readonly Lock gate = new();
    private HttpLanePool? lanes;

    /// <summary>The certificates that were read for <c>verify_tls</c>.</summary>
    internal CertificateBundles Bundles { get; } = new();

    /// <inheritdoc/>
    public string Type => "http";

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation) =>
        HttpValidation.Check(validation.Activity.Provider, validation.Path["provider"], validation.Problems);

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!new HttpOrderReader(call, surroundings.BodyLimit, Bundles).TryRead(out var order, out var failure))
        {
            return failure;
        }

        var caller = new HttpCaller(Lanes());
        var conversation = new HttpConversation(caller, order, call, surroundings.NetrcPath);
        var (answer, trouble) = await conversation.RunAsync(cancellationToken);
        if (answer is null)
        {
            return Failure(trouble!, order, conversation.Url, call.Compatibility);
        }

        await call.Turn.TakeAsync(answer.Body.Length, cancellationToken);
        return Result(answer, order, call);
    }

    /// <summary>Closes the connections that wait for the next probe.</summary>
    public void Dispose() => lanes?.Dispose();

    private static ActivityResult Result(HttpAnswer answer, HttpOrder order, ActivityCall call)
    {
        if (order.Expected is { } expected && !expected.Allows(answer.Status))
        {
            return ActivityResult.Failed($"{order.ShownUrl} answered with status {answer.Status}; expected {expected}");
        }

        if (answer.Truncated && call.Compatibility == Compatibility.None)
        {
            return ActivityResult.Failed(FormattableString.Invariant(
                $"the body of the answer of {order.ShownUrl} (status {answer.Status}) is longer than {order.BodyLimit} bytes; \"body_limit\" of the provider sets the limit"));
        }

        if (answer.Status > 399 && order.Expected is null && !call.Activity.HasTolerance)
        {
            call.Warn("This HTTP call returned a response with a HTTP status code above 400. "
                + "This may indicate some error and not what you expected. Please have a look at the logs.");
        }

        if (!ResponseBody.TryRead(answer, call.Compatibility, out var body))
        {
            var words = $"{order.ShownUrl} says that its answer is JSON, but it is not" + (answer.Truncated ? " whole" : "");
            if (call.Compatibility == Compatibility.ChaosToolkit)
            {
                return ActivityResult.Crashed(words);
            }

            call.Warn(words + "; its body is taken as text");
        }

        var headers = new JsonObject();
        foreach (var (name, value) in answer.Head.Headers)
        {
            headers[name] = value;
        }

        var output = new JsonObject { ["status"] = answer.Status, ["headers"] = headers, ["body"] = body };
        if (answer.Truncated)
        {
            output["body"] = body is JsonValue value && value.TryGetValue<string>(out var text)
                ? SecretMask.For(call.Values).HideCut(text)
                : body;
            output["body_truncated"] = true;
        }

        return ActivityResult.Succeeded(output);
    }

    private static ActivityResult Failure(HttpTrouble trouble, HttpOrder order, Uri last, Compatibility compatibility)
    {
        var words = last == order.Url
            ? trouble.Words
            : $"{trouble.Words} (redirected to {last.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)})";
        var cut = $"the answer of {order.ShownUrl} was cut short: {words}";
        return trouble.Kind switch
        {
            HttpTroubleKind.NoAnswer => ActivityResult.Failed($"failed to connect to {order.ShownUrl}: {words}"),
            HttpTroubleKind.TooLate => ActivityResult.Failed("activity took too long to complete"),
            HttpTroubleKind.CutShort => compatibility == Compatibility.None ? ActivityResult.Failed(cut) : ActivityResult.Crashed(cut),
            _ => ActivityResult.Crashed($"the answer of {order.ShownUrl} cannot be used: {words}"),
        };
    }

    private HttpLanePool Lanes()
    {
        lock (gate)
        {
            return lanes ??= new HttpLanePool(surroundings.Proxy);
        }
    }
}

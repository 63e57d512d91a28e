using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Http;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Controls.Http;

/// <summary>
/// <c>http</c>: posts a JSON document (<see cref="HookMessage"/>) to <c>url</c> for each hook. A status of 2xx lets the run go on,
/// <c>{"interrupt": "reason"}</c> in its body stops the run, and everything else is a hook that failed.
/// </summary>
/// <remarks>
/// Keys of the provider: <c>url</c>, <c>headers</c>, <c>verify_tls</c>, <c>timeout</c> (seconds for the whole exchange, default 5),
/// <c>hooks</c> (names; default all), <c>arguments</c> (handed over in the document) and <c>secrets</c> (scopes). Placeholders are
/// replaced in the first three.
/// </remarks>
/// <param name="surroundings">What is taken from the machine; null for its defaults.</param>
public sealed class HttpControlProvider(HttpSurroundings? surroundings = null) : MessageControlProvider, IDisposable
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpProvider http = new(surroundings);

    /// <inheritdoc/>
    public override string Type => "http";

    /// <inheritdoc/>
    public override void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems)
    {
        if (!HookMessage.TryReadTimeout(control, UsualTimeout, out _))
        {
            problems.Error(path["provider"]["timeout"], $"Control '{control.Name}' timeout must be a number of seconds above 0");
        }

        HttpValidation.Check(Request(control), path["provider"], problems);
        HookMessage.Validate(control, path, problems);
    }

    /// <summary>Lets go of the connections.</summary>
    public void Dispose() => http.Dispose();

    private static JsonObject Request(ControlDeclaration control)
    {
        var request = new JsonObject { ["type"] = "http", ["method"] = "POST" };
        foreach (var key in (ReadOnlySpan<string>)["url", "headers", "verify_tls"])
        {
            if (control.Provider.TryGetPropertyValue(key, out var value))
            {
                request[key] = value?.DeepClone();
            }
        }

        return request;
    }

    /// <inheritdoc/>
    private protected override async ValueTask<ControlResult> SendAsync(
        ControlDeclaration control, ControlScene scene, JsonObject message, CancellationToken cancellationToken)
    {
        var unresolved = new List<string>();
        var request = (JsonObject)Substitution.Apply(Request(control), scene.Values, unresolved)!;
        if (unresolved.Count > 0)
        {
            return ControlResult.Failed($"${{{unresolved[0]}}} has no value in the configuration or the secrets");
        }

        if (!HookMessage.TryReadTimeout(control, UsualTimeout, out var timeout))
        {
            return ControlResult.Failed("its timeout must be a number of seconds above 0");
        }

        if (request["headers"] is JsonObject headers)
        {
            foreach (var name in headers.Select(header => header.Key).Where(IsContentType).ToList())
            {
                headers.Remove(name);
            }
        }

        request["headers"] ??= new JsonObject();
        request["headers"]!["Content-Type"] = "application/json";
        request["arguments"] = message;

        // The placeholders are replaced, and what still looks like one belongs to the message: the reference's rules leave it alone.
        var call = new ActivityCall(new Activity(new JsonObject { ["tolerance"] = true, ["provider"] = request }), ResolvedValues.Empty)
        {
            Compatibility = Compatibility.ChaosToolkit,
            Time = scene.Time,
            Secrets = scene.Mask,
            Warn = text => scene.Say(NoticeLevel.Warning, $"control '{control.Name}': {text}"),
        };
        using var limit = new CancellationTokenSource(timeout, scene.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return Result(await http.RunAsync(call, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ControlResult.Failed(string.Create(CultureInfo.InvariantCulture, $"no whole answer within {timeout.TotalSeconds} s"));
        }
    }

    private static bool IsContentType(string header) => header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);

    private static ControlResult Result(ActivityResult result)
    {
        if (result.End != ActivityEnd.Succeeded)
        {
            return ControlResult.Failed(result.Message!);
        }

        var status = result.Output!["status"]!.GetValue<int>();
        var body = result.Output["body"];
        return status is >= 200 and < 300
            ? HookMessage.Read(JsonTexts.TryRead(body, out var text) ? text : body?.ToJsonString() ?? "")
            : ControlResult.Failed(string.Create(CultureInfo.InvariantCulture, $"it was answered with status {status}"));
    }
}

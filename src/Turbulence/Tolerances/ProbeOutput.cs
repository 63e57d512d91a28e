using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Platform.Processes;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>What a probe returned, its parts named as people name them.</summary>
/// <param name="Value">The output.</param>
/// <param name="ProviderType"><c>provider.type</c> of the probe.</param>
/// <param name="Mask">Takes the secrets out of what is said of it.</param>
internal readonly record struct ProbeOutput(JsonNode? Value, string ProviderType, SecretMask Mask)
{
    /// <summary>The provider whose output is <c>{status, headers, body}</c>.</summary>
    public const string Http = "http";

    /// <summary>The provider whose output is <c>{status, stdout, stderr}</c>.</summary>
    public const string Process = "process";

    /// <summary>The key of the exit status of a process and of the status code of a response.</summary>
    public const string Status = "status";

    /// <summary>The output as it is.</summary>
    public Measured Whole => new(
        ProviderType switch { Http => "the response", Process => "the result of the process", _ => "output" }, Value, Mask);

    /// <summary>The key of the part that holds what was said: <c>stdout</c> or <c>body</c>; null for any other provider.</summary>
    public string? TextKey => ProviderType switch { Http => "body", Process => "stdout", _ => null };

    /// <summary>
    /// The parts that a response and the result of a process may have; empty for any other provider, whose output may be anything.
    /// </summary>
    public IReadOnlyList<string> Parts => ProviderType switch
    {
        Http => [Status, "headers", "body", "body_truncated"],
        Process => [Status, "stdout", "stderr", "stdout_truncated", "stderr_truncated"],
        _ => [],
    };

    /// <summary>The part under <paramref name="key"/>, if the output is a map that has one.</summary>
    public bool TryGetPart(string key, out Measured part)
    {
        JsonNode? value = null;
        var exists = Value is JsonObject map && map.TryGetPropertyValue(key, out value);
        part = new(NameOf(key), value, Mask);
        return exists;
    }

    /// <summary>The part under <paramref name="key"/> of a process's or a response's output; nothing for any other provider.</summary>
    public bool TryGetUsualPart(string? key, out Measured part)
    {
        part = Whole;
        return key is not null && TextKey is not null && TryGetPart(key, out part);
    }

    /// <summary>Whether a process ended with 0, or a response's status is below 400; nothing for any other provider.</summary>
    public bool TryGetSuccess(out bool success, out Measured status)
    {
        success = false;
        if (!TryGetUsualPart(Status, out status) || !JsonNumbers.TryReadDouble(status.Value, out var number))
        {
            return false;
        }

        success = ProviderType == Http ? number < 400 : number == 0;
        return true;
    }

    /// <summary>What <see cref="TryGetSuccess"/> asks of the status, in words.</summary>
    public string SuccessText(bool success) => (ProviderType, success) switch
    {
        (Http, true) => "below 400",
        (Http, false) => "400 or above",
        (_, true) => "0",
        _ => "anything but 0",
    };

    /// <summary>
    /// What else is to be said of a miss: that the response had a status of 400 or above, or that the process did not end with 0. Empty
    /// where all was well, and where <paramref name="rule"/> was about the status itself.
    /// </summary>
    public string FailureText(string rule) =>
        !TryGetSuccess(out var success, out var status) || success || rule.StartsWith(status.Name, StringComparison.Ordinal) ? ""
        : ProviderType == Http ? $" (the response had the status {ShortJson.Of(status.Value, Mask)})"
        : JsonNumbers.TryReadDouble(status.Value, out var code) && code is >= short.MinValue and <= short.MaxValue
            ? $" (the process {ProcessExitStatus.FromReturnCode((int)code).AsVerb()})"
        : $" (the process ended with {ShortJson.Of(status.Value, Mask)})";

    /// <summary>
    /// The part that a map tolerance is about: the one under its <c>target</c>, else the one under
    /// <paramref name="usualKey"/>, else the whole output. A missing target gives the whole output, as in the reference runner.
    /// </summary>
    /// <param name="declaration">The tolerance.</param>
    /// <param name="usualKey">The key to look under without a target; null for none.</param>
    /// <param name="measured">The part.</param>
    /// <param name="problem">Why the target can not be looked up: the output is no map.</param>
    /// <returns>Whether the target, if there is one, could be looked up.</returns>
    public bool TryTarget(JsonObject declaration, string? usualKey, out Measured measured, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        var target = declaration["target"];
        if (!PythonTruth.Of(target))
        {
            measured = TryGetUsualPart(usualKey, out var usual) ? usual : Whole;
            return true;
        }

        measured = Whole;
        if (Value is not JsonObject || target is JsonObject or JsonArray)
        {
            problem = Value is JsonObject
                ? "the target is not a text"
                : $"the output is not a map, so it has no {ShortJson.Of(target, Mask)}";
            return false;
        }

        if (JsonTexts.TryRead(target, out var key))
        {
            measured = TryGetPart(key, out var part) ? part : Whole.Noting($"there is no {ShortJson.Of(target, Mask)}");
        }

        return true;
    }

    private string NameOf(string key) => (ProviderType, key) switch
    {
        (Http, _) => $"{key} of the response",
        (Process, Status) => "exit status of the process",
        (Process, _) => $"{key} of the process",
        _ => $"{key} of the output",
    };
}

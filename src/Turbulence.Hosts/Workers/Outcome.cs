using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Hosts.Workers;

/// <summary>How user code ended in a worker; the members are those of the protocol.</summary>
internal sealed class Outcome
{
    private readonly JsonObject members;
    private readonly Func<SecretMask> mask;

    private Outcome(JsonObject members, string end, Func<SecretMask> mask)
    {
        this.members = members;
        this.mask = mask;
        End = end;
    }

    /// <summary><c>end</c>: succeeded, failed, crashed, exited or interrupted.</summary>
    public string End { get; }

    /// <summary><c>message</c>: one line that says what went wrong.</summary>
    public string Message =>
        JsonTexts.TryRead(members["message"], out var text) && text.Length > 0 ? ShownText.Shortened(text, mask) : "no reason was given";

    /// <summary><c>trace</c>: the stack, as the language prints it.</summary>
    public IReadOnlyList<string> Trace =>
        ShownText.Shortened(
            [.. (members["trace"] as JsonArray ?? []).Select(line => JsonTexts.TryRead(line, out var text) ? text : "")], mask);

    /// <summary><c>code</c>: the exit code that was asked for; 1 where it is none.</summary>
    public int Code => members["code"] switch
    {
        null => 0,
        JsonValue value when value.TryGetValue<int>(out var code) => code,
        _ => 1,
    };

    /// <summary><c>changes</c>: what a hook changed.</summary>
    public JsonObject? Changes => members["changes"] is JsonObject map && JsonMaps.IsReadable(map) ? map : null;

    /// <summary><c>hooks</c>: the hooks that a control has, each with the objects that it wants.</summary>
    public JsonObject? Hooks => members["hooks"] is JsonObject map && JsonMaps.IsReadable(map) ? map : null;

    /// <summary>Reads the result of a request.</summary>
    /// <param name="result">The result.</param>
    /// <param name="mask">Knows the secrets; asked where a text has to be shortened.</param>
    /// <param name="outcome">How it ended.</param>
    /// <returns>False where it is no outcome.</returns>
    public static bool TryRead(JsonNode? result, Func<SecretMask> mask, [NotNullWhen(true)] out Outcome? outcome)
    {
        outcome = result is JsonObject map && JsonMaps.IsReadable(map) && JsonTexts.TryRead(map["end"], out var end)
            && end is "succeeded" or "failed" or "crashed" or "exited" or "interrupted"
                ? new Outcome(map, end, mask)
                : null;
        return outcome is not null;
    }

    /// <summary><c>output</c>, which from now on belongs to the caller.</summary>
    public JsonNode? TakeOutput()
    {
        var output = members["output"];
        members.Remove("output");
        return output;
    }
}

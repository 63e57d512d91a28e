using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Json;
using Turbulence.Loading;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Settings;

/// <summary>
/// The settings as they may be shown: without the values of <c>auths</c>, the headers and addresses of notifications, the credentials
/// in URLs, and whatever stands at a key that is named like a secret. A lone <c>${NAME}</c> stays: it tells no secret.
/// </summary>
public static partial class SettingsMask
{
    private static readonly string[] HarmlessHeaders = ["accept", "content-type", "user-agent"];

    /// <summary>A copy without secrets.</summary>
    public static JsonObject Apply(JsonObject root) => Masked(root).Root;

    /// <summary>
    /// The file's own text without secrets, comments included where they repeat one. Where a secret is written in a way that its text
    /// cannot be found (folded over lines, very short), the masked settings are written anew instead.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="root">What it holds.</param>
    public static string Apply(string text, JsonObject root)
    {
        var (masked, mask, isClean) = Masked(root);
        if (isClean)
        {
            return text;
        }

        var shown = mask.Apply(text);

        // Outside of quotes the asterisks would be an alias.
        var reread = YamlDocumentReader.Read(Encoding.UTF8.GetBytes(Readable(shown))).Root;
        return JsonNode.DeepEquals(reread, Texts(masked, Readable)) ? shown : YamlText.Of(masked);
    }

    private static (JsonObject Root, SecretMask Mask, bool IsClean) Masked(JsonObject root)
    {
        var secrets = new List<string>();
        var masked = Copy(root, [], hidden: false, secrets.Add);
        var mask = SecretMask.Of(secrets);
        return (Texts(masked, mask.Apply)!.AsObject(), mask, secrets.Count == 0);
    }

    private static string Readable(string text) => text.Replace(SecretMask.Replacement, "masked", StringComparison.Ordinal);

    private static JsonNode? Texts(JsonNode? node, Func<string, string> change) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Texts(member.Value, change)))),
        JsonArray list => new JsonArray([.. list.Select(item => Texts(item, change))]),
        _ => JsonTexts.TryRead(node, out var text) ? change(text) : node?.DeepClone(),
    };

    private static JsonNode? Copy(JsonNode? node, List<string> path, bool hidden, Action<string> found)
    {
        switch (node)
        {
            case JsonObject map:
                var copy = new JsonObject();
                foreach (var (key, value) in map)
                {
                    path.Add(key);
                    copy[key] = Copy(value, path, hidden || Hides(path), found);
                    path.RemoveAt(path.Count - 1);
                }

                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Copy(item, path, hidden, found))]);
            case null:
                return null;
            default:
                return Scalar(node, hidden, found);
        }
    }

    private static bool Hides(List<string> path) => path switch
    {
        ["auths", _, "value"] => true,
        ["notifications", "url"] => true,
        ["notifications", "headers", var header] => !HarmlessHeaders.Contains(header, StringComparer.OrdinalIgnoreCase),
        [.., var last] => SecretName().IsMatch(last),
        _ => false,
    };

    private static JsonNode? Scalar(JsonNode node, bool hidden, Action<string> found)
    {
        if (node.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return node.DeepClone();
        }

        var text = PythonText.Of(node);
        if (hidden && text != SecretMask.Replacement && !Variable().IsMatch(text) && text.Length > 0)
        {
            found(text);
            return SecretMask.Replacement;
        }

        if (Credentials().Match(text) is { Success: true } login && login.Value != SecretMask.Replacement)
        {
            found(login.Value);
            return text.Replace(login.Value, SecretMask.Replacement, StringComparison.Ordinal);
        }

        return node.DeepClone();
    }

    [GeneratedRegex(
        "token|secret|passw|passphrase|api_?-?key|private_?-?key|access_?-?key|authorization|credential|cookie",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^((bearer|basic|token) )?\$\{[A-Za-z_][A-Za-z0-9_]*\}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<=^[a-z][a-z0-9+.-]*://)[^/@\s]+(?=@)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();
}

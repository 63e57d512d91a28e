using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Values;

/// <summary>
/// Takes secrets out of everything that leaves a run. A secret is found as it is, line by line, and in the forms that JSON (nested once),
/// URLs, HTML, POSIX shells, Python, hexadecimal digits and Base64 (alone or as a part of something longer) give it, and all in upper or in
/// lower case. docs/safety.md lists the forms that are found and those that are not. A mask is a snapshot: build a new one when a control
/// has changed the secrets. Immutable, for any number of threads.
/// </summary>
public sealed class SecretMask
{
    /// <summary>What stands in a secret's place. Its length tells nothing.</summary>
    public const string Replacement = "*****";

    /// <summary>
    /// The fewest characters that a secret needs to be masked. Shorter values (<c>1</c>, <c>ok</c>) stand in every text, so
    /// masking them would destroy it and, by the places that are masked, still give the value away.
    /// </summary>
    public const int ShortestSecret = 3;

    private readonly SearchValues<string> search;
    private readonly FrozenDictionary<char, SecretPattern[]> patterns;
    private readonly HashSet<string> whole;

    private SecretMask(IEnumerable<string> secrets)
    {
        whole = [.. secrets.SelectMany(Pieces).Where(IsWorthMasking)];
        var found = whole
            .SelectMany(piece => SecretEncodings.Of(piece).Select(text => new SecretPattern(text))
                .Concat(SecretPattern.Base64(Encoding.UTF8.GetBytes(piece))))
            .Distinct()
            .ToList();
        patterns = found.GroupBy(pattern => pattern.Text[0])
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(pattern => pattern.Text.Length).ToArray());
        search = SearchValues.Create([.. found.Select(pattern => pattern.Text).Distinct()], StringComparison.Ordinal);
        IsEmpty = found.Count == 0;
    }

    /// <summary>Masks nothing.</summary>
    public static SecretMask None { get; } = new([]);

    /// <summary>
    /// What it takes out, piece by piece: <see cref="Of"/> makes a mask of them that takes out the same. They are the secrets themselves.
    /// </summary>
    internal IReadOnlyCollection<string> Secrets => whole;

    /// <summary>True when there is nothing to mask, so that everything comes back as it was.</summary>
    public bool IsEmpty { get; }

    /// <summary>
    /// A mask for every text and number among the secrets, however deep, and for the credentials of Vault in the
    /// configuration. Booleans and nulls are not masked.
    /// </summary>
    public static SecretMask For(ResolvedValues values)
    {
        var texts = new List<string>();
        SecretLeaves.Collect(values.Secrets, texts);
        foreach (var key in SecretLeaves.ConfigurationKeys)
        {
            SecretLeaves.Collect(values.Configuration[key], texts);
        }

        return new SecretMask(texts);
    }

    /// <summary>A mask for these texts; those shorter than <see cref="ShortestSecret"/> are left out.</summary>
    public static SecretMask Of(IEnumerable<string> secrets) => new(secrets);

    /// <summary>The text with <see cref="Replacement"/> in the place of each secret, as one that may be shortened.</summary>
    public MaskedText Mask(string text) => new(Apply(text));

    /// <summary>
    /// A text that was cut by somebody who could not wait for all of it: where it ends with the beginning of a secret,
    /// <see cref="Replacement"/> stands for that. What is whole in it is not masked here.
    /// </summary>
    public string HideCut(string text)
    {
        var cut = 0;
        foreach (var pattern in patterns.Values.SelectMany(static group => group))
        {
            for (var length = Math.Min(pattern.Text.Length - 1, text.Length); length > cut; length--)
            {
                if (text.AsSpan().EndsWith(pattern.Text.AsSpan(0, length), StringComparison.Ordinal))
                {
                    cut = length;
                }
            }
        }

        return cut == 0 ? text : text[..^cut] + Replacement;
    }

    /// <summary>Which of the secrets stand in a text, in whatever form: what a mask for that text alone has to know.</summary>
    public IReadOnlyList<string> In(string text) => IsEmpty ? [] : [.. whole.Where(piece => Of([piece]).Apply(text) != text)];

    /// <summary>The text with <see cref="Replacement"/> in the place of each secret; matches that overlap become one.</summary>
    public string Apply(string text)
    {
        var at = IsEmpty ? -1 : text.AsSpan().IndexOfAny(search);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var copied = 0;
        while (at >= 0)
        {
            var (start, end) = Extent(text, at);
            start = Math.Max(start, copied);
            for (at = Next(text, at + 1); at >= 0 && at <= end; at = Next(text, at + 1))
            {
                end = Math.Max(end, Extent(text, at).End);
            }

            result.Append(text, copied, start - copied).Append(Replacement);
            copied = end;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>
    /// The value with every text and key masked; a number that as a whole is a secret becomes <see cref="Replacement"/>.
    /// </summary>
    /// <param name="node">Any JSON value; it is not changed.</param>
    /// <returns>The value itself where it holds no secret, otherwise a copy.</returns>
    public JsonNode? Apply(JsonNode? node) => !IsEmpty && Holds(node) ? Copy(node) : node;

    /// <summary>The members of an object with every text and key masked.</summary>
    /// <param name="members">The members; they are not changed.</param>
    /// <returns>As many members in the same order; a value that holds no secret is the value itself.</returns>
    internal IEnumerable<KeyValuePair<string, JsonNode?>> ApplyToMembers(IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        var taken = new HashSet<string>();
        foreach (var (key, value) in members)
        {
            var free = FreeKey(taken.Contains, Apply(key));
            taken.Add(free);
            yield return KeyValuePair.Create(free, Apply(value));
        }
    }

    private static IEnumerable<string> Pieces(string secret)
    {
        yield return secret;
        yield return secret.Trim();
        if (secret.AsSpan().ContainsAny('\n', '\r'))
        {
            foreach (var line in secret.Split(['\n', '\r']))
            {
                yield return line.Trim();
            }
        }
    }

    // Blanks alone are no secret but would be found in every indentation; asterisks are what the mask itself writes.
    private static bool IsWorthMasking(string piece) =>
        piece.Length >= ShortestSecret && piece.AsSpan().Trim().Length > 0 && piece.AsSpan().Trim('*').Length > 0;

    private int Next(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(search);
        return at < 0 ? -1 : at + from;
    }

    private (int Start, int End) Extent(string text, int at)
    {
        var (start, end) = (at, at);
        foreach (var pattern in patterns[text[at]])
        {
            if (string.CompareOrdinal(text, at, pattern.Text, 0, pattern.Text.Length) == 0)
            {
                var after = at + pattern.Text.Length;
                start = pattern.Before > 0 && at > 0 && IsBase64(text[at - 1]) ? at - 1 : start;
                end = Math.Max(end, pattern.After > 0 && after < text.Length && IsBase64(text[after]) ? after + 1 : after);
            }
        }

        return (start, end);
    }

    private static bool IsBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_';

    private bool Holds(JsonNode? node) => node switch
    {
        null => false,
        JsonObject map when !JsonMaps.IsReadable(map) => true,
        JsonObject map => map.Any(member => member.Key.AsSpan().ContainsAny(search) || Holds(member.Value)),
        JsonArray list => list.Any(Holds),
        _ => IsSecretNumber(node) || (JsonTexts.TryRead(node, out var text) && text.AsSpan().ContainsAny(search)),
    };

    private JsonNode? Copy(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map when !JsonMaps.IsReadable(map):
                return Apply(map.ToJsonString());
            case JsonObject map:
                var masked = new JsonObject();
                foreach (var (key, value) in map)
                {
                    masked[FreeKey(masked.ContainsKey, Apply(key))] = Copy(value);
                }

                return masked;
            case JsonArray list:
                return new JsonArray([.. list.Select(Copy)]);
            default:
                return IsSecretNumber(node) ? Replacement : JsonTexts.TryRead(node, out var text) ? Apply(text) : node?.DeepClone();
        }
    }

    private bool IsSecretNumber(JsonNode? node) =>
        node is JsonValue && node.GetValueKind() == JsonValueKind.Number && SecretLeaves.Numerals(node).Any(whole.Contains);

    // Two keys that differ only in their secrets stay two.
    private static string FreeKey(Predicate<string> isTaken, string key)
    {
        var free = key;
        for (var i = 2; isTaken(free); i++)
        {
            free = $"{key} ({i})";
        }

        return free;
    }
}

using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Values;

namespace Turbulence.Activities.Http;

/// <summary>The headers of a request, in their order; a name stands once, in the casing it was given last.</summary>
internal sealed class HeaderList
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly List<KeyValuePair<string, string>> headers = [];

    /// <summary>The headers, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => headers;

    /// <summary>The value of a header, its name in any case; setting null takes it away.</summary>
    public string? this[string name]
    {
        get => headers.Find(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        set
        {
            headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (value is not null)
            {
                headers.Add(new(name, value));
            }
        }
    }

    /// <summary>Whether <paramref name="text"/> can be a method or the name of a header (a token of RFC 9110, section 5.6.2).</summary>
    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Takes away what must not reach another origin (<see cref="CredentialHeaders"/>).</summary>
    /// <param name="secrets">Finds the secrets of the run.</param>
    /// <returns>The names of what was taken away.</returns>
    public IReadOnlyList<string> DropCredentials(SecretMask secrets)
    {
        var dropped = headers.FindAll(header => CredentialHeaders.Has(header.Key, header.Value, secrets));
        headers.RemoveAll(dropped.Contains);
        return [.. dropped.Select(header => header.Key)];
    }

    /// <summary>Reads <c>headers</c>; a null takes away what is sent by default.</summary>
    /// <returns>One line that says what is wrong; null when all is well.</returns>
    public string? Add(JsonObject map)
    {
        foreach (var (name, node) in map)
        {
            if (!IsToken(name))
            {
                return $"'{name}' cannot be the name of a header";
            }

            var value = JsonScalars.Text(node);
            if (value is null && JsonScalars.Kind(node) != JsonValueKind.Null)
            {
                return $"the header '{name}' must be a text";
            }

            // The value itself may be a secret, so it stays out of the message.
            if (value is not null && (value.AsSpan().ContainsAny('\r', '\n', '\0') || value is [' ' or '\t', ..]))
            {
                return $"the header '{name}' begins with white space or holds a line break";
            }

            if (value is not null && value.AsSpan().ContainsAnyExceptInRange('\0', '\xff'))
            {
                return $"the header '{name}' holds a character that a header cannot carry (ISO 8859-1 only)";
            }

            this[name] = value;
        }

        return null;
    }
}

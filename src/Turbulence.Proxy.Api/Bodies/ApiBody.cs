using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Turbulence.Proxy.Api.Bodies;

/// <summary>
/// A value of a request's body, or a member of one. As where Toxiproxy reads it, names of members are found in any case, unknown ones are
/// passed over, and null is as if a member was not there.
/// </summary>
/// <param name="value">The value.</param>
/// <param name="name">What it is called; empty for the whole body.</param>
internal readonly struct ApiBody(JsonElement value, string name)
{
    /// <summary>How large a body may be, in bytes: 1 MiB.</summary>
    public const int Most = 1 << 20;

    private string Called => name.Length == 0 ? "it" : name;

    /// <summary>Reads one.</summary>
    /// <param name="bytes">The body.</param>
    /// <exception cref="ApiException">It is not JSON.</exception>
    public static ApiBody Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (!Utf8.IsValid(bytes.Span))
            {
                throw ApiException.BadBody("it is not UTF-8");
            }

            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement.Clone();
            Walk(root);
            return new ApiBody(root, "");
        }
        catch (JsonException failure)
        {
            throw ApiException.BadBody(bytes.IsEmpty ? "it is empty" : failure.Message);
        }
        catch (InvalidOperationException)
        {
            throw ApiException.BadBody("a text in it has half a surrogate pair");
        }
    }

    /// <summary>The members of an object by their names.</summary>
    /// <exception cref="ApiException">It is none.</exception>
    public ApiBody? this[string member]
    {
        get
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                throw Wrong("an object");
            }

            foreach (var property in value.EnumerateObject())
            {
                if (string.Equals(property.Name, member, StringComparison.OrdinalIgnoreCase)
                    && property.Value.ValueKind != JsonValueKind.Null)
                {
                    return new ApiBody(property.Value, name.Length == 0 ? member : $"{name}.{member}");
                }
            }

            return null;
        }
    }

    /// <summary>A text.</summary>
    public string Text => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong("a text");

    /// <summary>True or false.</summary>
    public bool Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong("true or false");

    /// <summary>A number.</summary>
    public double Number => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Wrong("a number");

    /// <summary>An object, as it is.</summary>
    public JsonObject Object => value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value)! : throw Wrong("an object");

    /// <summary>Each value of a list.</summary>
    public IReadOnlyList<ApiBody> Items
    {
        get
        {
            var called = name;
            return value.ValueKind == JsonValueKind.Array
                ? [.. value.EnumerateArray().Select((item, index) => new ApiBody(item, $"{called}[{index}]"))]
                : throw Wrong("a list");
        }
    }

    /// <summary>A time in milliseconds; 0 for none.</summary>
    public TimeSpan? Milliseconds
    {
        get
        {
            // Longer than the program lives, and still a number of ticks.
            const double most = 1e12;
            return Number switch
            {
                0 => null,
                > 0 and <= most and var number => TimeSpan.FromMilliseconds(number),
                _ => throw Wrong("a number of milliseconds, 0 or more"),
            };
        }
    }

    private ApiException Wrong(string expected) => ApiException.BadBody($"{Called} must be {expected}, not {Kind}");

    private string Kind => value.ValueKind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => value.GetRawText() is { Length: <= 40 } raw ? raw : "a long number",
    };

    // Reads every text once, so that nobody else has to be ready for one that cannot be read.
    private static void Walk(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Walk(property.Value);
                }

                break;
            default:
                break;
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace Turbulence.Sdk;

/// <summary>
/// Values by name, in their order, read only. The getters read numbers and booleans also from texts, because values out of the environment
/// are texts. Their errors name the value and never show it.
/// </summary>
public abstract class NamedValues
{
    private readonly Dictionary<string, JsonElement> values = [];
    private readonly string kind;

    private protected NamedValues(JsonElement values, string kind)
    {
        this.kind = kind;
        if (values.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in values.EnumerateObject())
            {
                this.values[property.Name] = property.Value;
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => values.Count;

    /// <summary>Their names, in their order.</summary>
    public IReadOnlyCollection<string> Names => values.Keys;

    /// <summary>The value of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public JsonElement this[string name] => values.TryGetValue(name, out var value) ? value : throw Missing(name);

    /// <summary>Whether there is a value of that name; it may be null.</summary>
    public bool Contains(string name) => values.ContainsKey(name);

    /// <summary>The value of that name, if there is one.</summary>
    public bool TryGetValue(string name, out JsonElement value) => values.TryGetValue(name, out value);

    /// <summary>A text; a number or a boolean as JSON writes it.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="fallback">What an absent or null value is; without one it is an error.</param>
    /// <exception cref="KeyNotFoundException">There is none, and no fallback.</exception>
    /// <exception cref="InvalidOperationException">It is a list or a map.</exception>
    public string GetString(string name, string? fallback = null) => Find(name) switch
    {
        null => fallback ?? throw Missing(name),
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } scalar => scalar.GetRawText(),
        _ => throw Unfit(name, "a text"),
    };

    /// <summary>A whole number.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="fallback">What an absent or null value is; without one it is an error.</param>
    /// <exception cref="KeyNotFoundException">There is none, and no fallback.</exception>
    /// <exception cref="InvalidOperationException">It is no whole number of 64 bits.</exception>
    public long GetInt64(string name, long? fallback = null) => Find(name) switch
    {
        null => fallback ?? throw Missing(name),
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) => whole,
        { ValueKind: JsonValueKind.String } text when long.TryParse(
            text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ => throw Unfit(name, "a whole number"),
    };

    /// <summary>A whole number.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="fallback">What an absent or null value is; without one it is an error.</param>
    /// <exception cref="KeyNotFoundException">There is none, and no fallback.</exception>
    /// <exception cref="InvalidOperationException">It is no whole number of 32 bits.</exception>
    public int GetInt32(string name, int? fallback = null)
    {
        var whole = GetInt64(name, fallback);
        return whole is >= int.MinValue and <= int.MaxValue ? (int)whole : throw Unfit(name, "a whole number of 32 bits");
    }

    /// <summary>A number.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="fallback">What an absent or null value is; without one it is an error.</param>
    /// <exception cref="KeyNotFoundException">There is none, and no fallback.</exception>
    /// <exception cref="InvalidOperationException">It is no number.</exception>
    public double GetDouble(string name, double? fallback = null) => Find(name) switch
    {
        null => fallback ?? throw Missing(name),
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when double.TryParse(
            text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Unfit(name, "a number"),
    };

    /// <summary>A boolean.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="fallback">What an absent or null value is; without one it is an error.</param>
    /// <exception cref="KeyNotFoundException">There is none, and no fallback.</exception>
    /// <exception cref="InvalidOperationException">It is no boolean, and no text <c>true</c> or <c>false</c>.</exception>
    public bool GetBoolean(string name, bool? fallback = null) => Find(name) switch
    {
        null => fallback ?? throw Missing(name),
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text when bool.TryParse(text.GetString(), out var value) => value,
        _ => throw Unfit(name, "true or false"),
    };

    private protected static JsonElement ReadObject(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private JsonElement? Find(string name) =>
        values.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private KeyNotFoundException Missing(string name) => new($"there is no {kind} '{name}'");

    private InvalidOperationException Unfit(string name, string expected) => new($"the {kind} '{name}' is not {expected}");
}

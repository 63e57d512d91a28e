using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Activities.Http;

/// <summary>The statuses that <c>expected_status</c> allows.</summary>
internal sealed class ExpectedStatus
{
    private readonly int[] statuses;

    private ExpectedStatus(int[] statuses) => this.statuses = statuses;

    /// <summary>Reads a number or a list of numbers.</summary>
    /// <returns>The statuses; null where the value is neither.</returns>
    public static ExpectedStatus? From(JsonNode? value)
    {
        int?[] numbers = value is JsonArray list
            ? [.. list.Select(item => JsonScalars.Integer(item, fromText: true))]
            : [JsonScalars.Integer(value, fromText: true)];
        return numbers.Length > 0 && Array.TrueForAll(numbers, number => number is not null)
            ? new ExpectedStatus([.. numbers.Select(number => number!.Value)])
            : null;
    }

    /// <summary>Whether <paramref name="status"/> is one of them.</summary>
    public bool Allows(int status) => Array.IndexOf(statuses, status) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Join(" or ", statuses.Select(status => status.ToString(CultureInfo.InvariantCulture)));
}

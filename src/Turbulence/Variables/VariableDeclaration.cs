using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Variables;

/// <summary>One <c>--var NAME[:TYPE]=VALUE</c> of the command line.</summary>
/// <param name="Name">The configuration key whose definition it replaces.</param>
/// <param name="Value">The value, in its type.</param>
/// <param name="Warning">What somebody should know about the value; null for nothing.</param>
public sealed record VariableDeclaration(string Name, JsonNode? Value, string? Warning = null)
{
    /// <summary>Reads one declaration. The name ends at the first <c>=</c>, its type begins after the last <c>:</c> before that.</summary>
    /// <param name="text">What was given to <c>--var</c>.</param>
    /// <param name="compatibility">Whose words say what is wrong.</param>
    /// <param name="declaration">The declaration.</param>
    /// <param name="failure">What is wrong, to stand after <c>Invalid value for '--var': </c>.</param>
    /// <returns>Whether the text is a declaration.</returns>
    public static bool TryParse(
        string text,
        Compatibility compatibility,
        [NotNullWhen(true)] out VariableDeclaration? declaration,
        [NotNullWhen(false)] out string? failure)
    {
        declaration = null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            failure = compatibility == Compatibility.ChaosToolkit
                ? "not enough values to unpack (expected 2, got 1)"
                : $"'{text}' has no '='; expected NAME[:TYPE]=VALUE";
            return false;
        }

        var name = text[..equals];
        var colon = name.LastIndexOf(':');
        var type = colon < 0 ? null : name[(colon + 1)..];
        name = colon < 0 ? name : name[..colon];
        if (name.Length == 0 && compatibility == Compatibility.None)
        {
            failure = $"'{text}' has no name; expected NAME[:TYPE]=VALUE";
            return false;
        }

        (var value, failure, var warning) = VariableType.Convert(text[(equals + 1)..], type);
        if (failure is not null)
        {
            return false;
        }

        declaration = new VariableDeclaration(name, value, compatibility == Compatibility.None ? warning : null);
        return true;
    }
}

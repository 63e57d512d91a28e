using System.Text;
using Turbulence.Keys;

namespace Turbulence.Runs.Schemas;

/// <summary>Makes the names of definitions: what people are told, without its article and without blanks.</summary>
internal static class DefinitionName
{
    /// <summary><c>an activity</c> is <c>activity</c>, <c>the proxy of a service</c> is <c>proxy-of-a-service</c>.</summary>
    public static string Of(string called)
    {
        foreach (var article in (ReadOnlySpan<string>)["an ", "a ", "the "])
        {
            called = called.StartsWith(article, StringComparison.Ordinal) ? called[article.Length..] : called;
        }

        var name = new StringBuilder();
        foreach (var letter in called)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_')
            {
                name.Append(letter);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString().Trim('-');
    }

    /// <summary>That of a choice between places.</summary>
    public static string OfChoice(PlaceChoice choice) =>
        ReferenceEquals(choice, ProviderKeys.Choice) ? "provider"
        : ReferenceEquals(choice, ControlKeys.Choice) ? "provider-of-a-control"
        : ReferenceEquals(choice, ToleranceKeys.Choice) ? "tolerance"
        : choice.Key == "name" ? "extension" : "value";
}

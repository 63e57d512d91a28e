using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.References;

/// <summary>
/// Puts other endpoints into the place of those that values are made of. What comes of it are Aspire's own values, so that they are
/// resolved, and secrets in them hidden, as before.
/// </summary>
/// <param name="redirect">Gives what takes the place of an endpoint; null where it stays.</param>
internal sealed partial class Redirection(Func<EndpointReference, EndpointReference?> redirect)
{
    /// <summary>The value that takes the place of another.</summary>
    /// <param name="value">The value, before it is resolved.</param>
    /// <returns>It; the same where nothing is in it that is redirected, or where what is in it cannot be.</returns>
    public object Apply(object value) => value switch
    {
        EndpointReference endpoint => redirect(endpoint) ?? endpoint,
        EndpointReferenceExpression part => redirect(part.Endpoint) is { } other ? other.Property(part.Property) : part,
        ConnectionStringReference connection => Changed(connection.Resource.ConnectionStringExpression) ?? value,
        IResourceWithConnectionString resource => Changed(resource.ConnectionStringExpression) ?? value,
        IResourceBuilder<IResourceWithConnectionString> builder => Changed(builder.Resource.ConnectionStringExpression) ?? value,
        ReferenceExpression expression => Changed(expression) ?? value,
        _ => value,
    };

    private ReferenceExpression? Changed(ReferenceExpression expression)
    {
        if (!EndpointsInValue.Find(expression).Any(endpoint => redirect(endpoint) is not null))
        {
            return null;
        }

        return expression.IsConditional
            ? ReferenceExpression.CreateConditional(
                (IValueProvider)Apply(expression.Condition!),
                expression.MatchValue!,
                Changed(expression.WhenTrue!) ?? expression.WhenTrue!,
                Changed(expression.WhenFalse!) ?? expression.WhenFalse!)
            : Rebuilt(expression);
    }

    // Its format is that of string.Format, and the builder takes parts of one as they are: braces in it stay doubled.
    private ReferenceExpression Rebuilt(ReferenceExpression expression)
    {
        var builder = new ReferenceExpressionBuilder();
        var at = 0;
        foreach (Match hole in Hole().Matches(expression.Format))
        {
            builder.AppendLiteral(expression.Format[at..hole.Index]);
            at = hole.Index + hole.Length;
            var index = int.Parse(hole.Groups["index"].ValueSpan, CultureInfo.InvariantCulture);
            builder.AppendValueProvider(Apply(expression.ValueProviders[index]), expression.StringFormats[index]);
        }

        builder.AppendLiteral(expression.Format[at..]);
        return builder.Build();
    }

    [GeneratedRegex(@"(?<=(?<!\{)(?:\{\{)*)\{(?<index>[0-9]+)\}")]
    private static partial Regex Hole();
}

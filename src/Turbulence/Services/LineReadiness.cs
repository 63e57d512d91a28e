using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Turbulence.Services;

/// <summary>
/// <c>ready.line</c>: ready when a whole line of what this start of it has printed matches. Its standard output and its standard error both
/// count.
/// </summary>
/// <param name="Pattern">A regular expression (.NET) that each line is searched for.</param>
public sealed record LineReadiness(Regex Pattern) : ReadyCondition
{
    /// <summary>The key of <c>ready</c>.</summary>
    internal const string Key = "line";

    private static readonly TimeSpan LinePatience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override string Words => $"a line of its output matches '{Pattern}'";

    internal override string Lack => $"no line of its output matches '{Pattern}'";

    internal override string NoAnswer => "none has come";

    /// <summary>Reads the expression.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="line">The way.</param>
    /// <param name="problem">Why there is none.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out LineReadiness? line, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            line = new LineReadiness(new Regex(text, RegexOptions.CultureInvariant, LinePatience));
            problem = null;
            return true;
        }
        catch (ArgumentException failure)
        {
            line = null;
            problem = failure.Message;
            return false;
        }
    }

    internal override Task<string?> AskAsync(ServiceReadiness readiness, SupervisedService? service, CancellationToken cancellationToken)
    {
        string? slow = null;
        foreach (var line in service?.Lines.Next() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (Pattern.IsMatch(line))
                {
                    return Task.FromResult<string?>(null);
                }
            }
            catch (RegexMatchTimeoutException)
            {
                slow = $", and to search one of them took longer than {LinePatience.TotalSeconds} s";
            }
        }

        return Task.FromResult<string?>(service?.Lines.Problem ?? $"{service?.Lines.Count ?? 0} have come{slow}");
    }
}

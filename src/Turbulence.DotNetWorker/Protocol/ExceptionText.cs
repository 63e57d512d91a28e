using System.Globalization;
using System.Reflection;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>Exceptions as people read them.</summary>
internal static class ExceptionText
{
    /// <summary>
    /// The most characters of a message: more than the host shows of it, which masks the secrets first and shortens then.
    /// </summary>
    public const int MostOfLine = 512 * 1024;

    private const int MostOfTrace = 1024 * 1024;

    private static readonly string[] OurFrames = [
        "   at Turbulence.DotNetWorker.", "   at System.RuntimeMethodHandle.", "   at System.Reflection.", "   at InvokeStub_",
    ];

    /// <summary>The exception that user code threw, without what reflection and tasks wrapped around it.</summary>
    public static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => exception,
    };

    /// <summary><c>Type: text</c>; types of the framework by their name alone.</summary>
    public static string Line(Exception exception)
    {
        var type = exception.GetType();
        var name = type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
            ? type.Name
            : type.FullName ?? type.Name;
        return $"{name}: {Message(exception)}";
    }

    /// <summary>
    /// The exception and those inside of it, innermost last: of each its line, then its stack as .NET prints it, without our frames.
    /// </summary>
    public static IReadOnlyList<string> Trace(Exception exception)
    {
        List<string> lines = [];
        var room = MostOfTrace;
        for (var at = exception; at is not null && room > 0; at = at.InnerException)
        {
            lines.Add(Within(MostOfLine, Line(at)));
            room -= lines[^1].Length;
            foreach (var frame in (at.StackTrace ?? "").Split('\n'))
            {
                var text = frame.TrimEnd('\r');
                if (text.Length > 0 && !OurFrames.Any(ours => text.StartsWith(ours, StringComparison.Ordinal)))
                {
                    lines.Add(text);
                }
            }
        }

        return lines;
    }

    /// <summary>A text with no more than so many characters.</summary>
    public static string Within(int most, string text) =>
        text.Length <= most
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, most)}… ({text.Length - most} more characters)");

    private static string Message(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception second)
        {
            return $"(its message cannot be read: {second.GetType().Name})";
        }
    }
}

using System.Reflection;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>Exceptions as people read them.</summary>
internal static class ExceptionText
{
    private static readonly string[] OurFrames = ["   at Turbulence.DotNetWorker.", "   at System.RuntimeMethodHandle.", "   at System.Reflection.", "   at InvokeStub_"];

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
        var name = type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal)) ? type.Name : type.FullName ?? type.Name;
        return $"{name}: {Message(exception)}";
    }

    /// <summary>The exception and those inside of it, innermost last: of each its line, then its stack as .NET prints it, without our frames.</summary>
    public static IReadOnlyList<string> Trace(Exception exception)
    {
        List<string> lines = [];
        for (var at = exception; at is not null; at = at.InnerException)
        {
            lines.Add(Line(at));
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

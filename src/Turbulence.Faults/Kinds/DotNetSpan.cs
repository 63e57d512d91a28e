using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.span</c>: any operation of a running .NET program that has a span, as OpenTelemetry knows it, or an event.</summary>
internal sealed class DotNetSpan() : ResidentKind(
    "dotnet.span",
    "makes the operations behind spans in a running .NET process fail or wait: those of databases, brokers, gRPC, and the program's own",
    [
        new("source", ArgumentType.Text, "the name of the ActivitySource, or its beginning and a star: `Npgsql`, `Shop.*`; with 'event', of the DiagnosticListener")
        {
            IsRequired = true,
        },
        new("operation", ArgumentType.Text, "only spans of this name, or of a name that begins so: `postgresql`, `basic.*`"),
        new("event", ArgumentType.Text, "the event of a library that has no spans, such as Entity Framework Core: its name, whole"),
        new("kind", ArgumentType.Choice, "only spans of this kind") { Choices = ["client", "server", "producer", "consumer", "internal"] },
        new("tags", ArgumentType.Text, "only spans that have these tags when they begin, or that are part of one that has: `http.route=/orders/{id}`")
        {
            MayBeList = true,
        },
        new("fail", ArgumentType.Boolean, "whether they fail with the exception that their library throws when its server is not there"),
        new("exception", ArgumentType.Text, "the type of the exception that they fail with: `System.TimeoutException`"),
        new("message", ArgumentType.Text, "what the exception says") { DefaultText = "that a chaos experiment has done it" },
        new("delay", ArgumentType.Seconds, "how long they wait, on the thread that begins them, which is held for that long")
        {
            Least = 0,
            IsLeastExcluded = true,
        },
        .. ResidentArguments.Selection,
    ],
    ArgumentGroup.ExactlyOne("fail", "exception", "delay"),
    ArgumentGroup.AtMostOne("operation", "event"))
{
    internal override IEnumerable<ArgumentProblem> Problems(GivenArguments arguments)
    {
        foreach (var tag in arguments.Texts("tags").Where(static tag => tag.IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            yield return new ArgumentProblem("tags", $"a tag of dotnet.span must be a name, =, and a value, such as db.system=postgresql, not '{tag}'");
        }

        if (!arguments.Has("event") && arguments.Texts("source").Any(static source => source.StartsWith("OpenTelemetry.", StringComparison.Ordinal)))
        {
            yield return new ArgumentProblem(
                "source", "OpenTelemetry's instrumentation makes its spans after what they tell of, which cannot fail or wait any more: dotnet.span takes the library's own source");
        }

        if (arguments.Has("event") && (arguments.Has("tags") || arguments.Has("kind")))
        {
            yield return new ArgumentProblem("event", "an event has no kind and no tags: dotnet.span takes 'event' without them");
        }
    }

    protected override string Text(ArgumentReader arguments, SecretMask mask)
    {
        var done = arguments.Has("delay")
                ? string.Create(CultureInfo.InvariantCulture, $"wait {arguments.Number("delay"):0.###} s, each on its thread")
            : arguments.Text("exception") is { } type ? $"fail with {type}"
            : "fail as their library does without its server";
        return mask.Mask(string.Concat(
            arguments.Has("event") ? $"events {arguments.Text("event")} of {arguments.Text("source")}" : $"operations of {arguments.Text("source")}",
            arguments.Text("operation") is { } operation ? $" called {operation}" : "",
            arguments.Text("kind") is { } kind ? $", {kind}," : "",
            arguments.Has("tags") ? $" with {string.Join(", ", arguments.Texts("tags"))}" : "",
            $" {done}",
            ResidentArguments.Text(arguments))).ToString();
    }

    protected override bool IsOfOperations => true;
}

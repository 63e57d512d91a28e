using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.http</c>: calls that a running .NET program makes by <see cref="HttpClient"/>.</summary>
internal sealed class DotNetHttp() : ResidentKind(
    "dotnet.http",
    "makes calls of HttpClient in a running .NET process wait, fail, get another answer, lose theirs, or go elsewhere",
    [
        new("host", ArgumentType.Text, "only calls to this host: `api.example.com`, `localhost:8002`"),
        new("path", ArgumentType.Pattern, "only calls whose path this finds: `^/orders/`"),
        new("method", ArgumentType.Text, "only calls of this method"),
        new("delay", ArgumentType.Seconds, "how long a call waits before it is sent; no thread is held, and the caller's time limit counts")
        {
            Least = 0,
            IsLeastExcluded = true,
        },
        new("fail", ArgumentType.Choice, "how a call fails, without being sent: as HttpClient tells it of a server that is not there")
        {
            Choices = ["refused", "reset", "unreachable", "name"],
        },
        new("status", ArgumentType.Integer, "the status of the answer that a call gets, without being sent") { Least = 200, Most = 599 },
        new("body", ArgumentType.Text, "the body of that answer") { DefaultText = "empty" },
        new("type", ArgumentType.Text, "the content type of that answer") { DefaultText = "text/plain" },
        new("lose", ArgumentType.Boolean, "whether a call is sent, and its answer lost"),
        new("to", ArgumentType.Url, "where a call is sent instead; its Host header stays"),
        .. ResidentArguments.Selection,
    ],
    ArgumentGroup.ExactlyOne("delay", "fail", "status", "lose", "to"))
{
    internal override IEnumerable<ArgumentProblem> Problems(GivenArguments arguments) =>
        [.. ResidentArguments.OfHost(Description.Name, arguments), .. ResidentArguments.OfType(Description.Name, arguments)];

    protected override string Text(ArgumentReader arguments, SecretMask mask)
    {
        var done = arguments.Has("delay") ? string.Create(CultureInfo.InvariantCulture, $"wait {arguments.Number("delay"):0.###} s")
            : arguments.Text("fail") is { } failure ? $"fail ({failure})"
            : arguments.Has("status") ? $"are answered {arguments.Integer("status")} without being sent"
            : arguments.Has("lose") ? "are sent, and their answers lost"
            : $"are sent to {arguments.Text("to")}";
        return mask.Mask(string.Concat(
            "calls of HttpClient",
            arguments.Text("method") is { } method ? $" ({method})" : "",
            arguments.Text("host") is { } host ? $" to {host}" : "",
            arguments.Text("path") is { } path ? $" with a path like {path}" : "",
            $" {done}",
            ResidentArguments.Text(arguments))).ToString();
    }

    protected override bool IsOfOperations => true;
}

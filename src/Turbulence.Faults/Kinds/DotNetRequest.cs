using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dotnet.request</c>: requests that come in to ASP.NET Core in a running program.</summary>
internal sealed class DotNetRequest() : ResidentKind(
    "dotnet.request",
    "makes requests that come in to ASP.NET Core in a running process wait, get another answer, or be broken off",
    [
        new("route", ArgumentType.Text, "only requests of this route, as the program has it: `/index/{length:int}`"),
        new("path", ArgumentType.Pattern, "only requests whose path this finds: `^/orders/`"),
        new("method", ArgumentType.Text, "only requests of this method"),
        new("delay", ArgumentType.Seconds, "how long a request waits before its endpoint is called; no thread is held")
        {
            Least = 0,
            IsLeastExcluded = true,
        },
        new("status", ArgumentType.Integer, "the status that a request is answered with, in place of its endpoint") { Least = 200, Most = 599 },
        new("body", ArgumentType.Text, "the body of that answer") { DefaultText = "empty" },
        new("type", ArgumentType.Text, "the content type of that answer") { DefaultText = "text/plain" },
        new("abort", ArgumentType.Boolean, "whether its connection is broken off"),
        .. ResidentArguments.Selection,
    ],
    ArgumentGroup.ExactlyOne("delay", "status", "abort"))
{
    internal override IEnumerable<ArgumentProblem> Problems(GivenArguments arguments) =>
        ResidentArguments.OfType(Description.Name, arguments);

    protected override string Text(ArgumentReader arguments, SecretMask mask)
    {
        var done = arguments.Has("delay") ? string.Create(CultureInfo.InvariantCulture, $"wait {arguments.Number("delay"):0.###} s")
            : arguments.Has("status") ? $"are answered {arguments.Integer("status")}"
            : "are broken off";
        return mask.Mask(string.Concat(
            "requests",
            arguments.Text("method") is { } method ? $" ({method})" : "",
            arguments.Text("route") is { } route ? $" of the route {route}" : "",
            arguments.Text("path") is { } path ? $" with a path like {path}" : "",
            $" {done}",
            ResidentArguments.Text(arguments))).ToString();
    }

    protected override bool IsOfOperations => true;
}

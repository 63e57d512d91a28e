using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy delete NAME</c>: takes a proxy away, and closes its connections.</summary>
internal static class ProxyDeleteVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var name = choice.Proxy();
        var verb = choice.In(new Command("delete", "Take a proxy away, and close its connections.") { name });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            var proxy = parsed.GetRequiredValue(name);
            await call.AskAsync(HttpMethod.Delete, ProxyCall.Path(proxy));
            call.Write($"Deleted the proxy {proxy}");
        }));
        return verb;
    }
}

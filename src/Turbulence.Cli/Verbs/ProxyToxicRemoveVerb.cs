using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy toxic remove PROXY --name NAME</c>: removes a toxic.</summary>
internal static class ProxyToxicRemoveVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var proxy = choice.Proxy();
        var name = ProxyArguments.ToxicName("The toxic.", isNeeded: true);
        var verb = choice.In(new Command("remove", "Remove a toxic.") { proxy, name });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            await call.AskAsync(HttpMethod.Delete, ProxyCall.Path(parsed.GetRequiredValue(proxy), parsed.GetRequiredValue(name)));
            call.Write($"Removed from the proxy {parsed.GetRequiredValue(proxy)}: {parsed.GetRequiredValue(name)}");
        }));
        return verb;
    }
}

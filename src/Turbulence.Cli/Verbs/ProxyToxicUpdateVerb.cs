using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy toxic update PROXY --name NAME</c>: changes a toxic; what is not given stays.</summary>
internal static class ProxyToxicUpdateVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var proxy = choice.Proxy();
        var name = ProxyArguments.ToxicName("The toxic.", isNeeded: true);
        var toxicity = ProxyArguments.Toxicity("The share of connections that it hits, 0 to 1.");
        var attributes = ProxyArguments.Attributes();
        attributes.CompletionSources.Add(static _ => KnownWords.ToxicAttributes(null));
        var ttl = Choice.Seconds("--ttl", "Let it go by itself after so long from now.");
        var verb = choice.In(new Command("update", "Change a toxic; what is not given stays.") { proxy, name, attributes, toxicity, ttl });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            var body = ProxyArguments.Body(parsed.GetValue(toxicity), parsed.GetValue(attributes), parsed.GetValue(ttl));
            // Not PATCH, which Toxiproxy before 2.6 does not know.
            var toxic = await call.AskAsync(
                HttpMethod.Post, ProxyCall.Path(parsed.GetRequiredValue(proxy), parsed.GetRequiredValue(name)), body);
            call.Write($"Updated on the proxy {parsed.GetRequiredValue(proxy)}: {ProxyText.OfToxic(toxic)}");
        }));
        return verb;
    }
}

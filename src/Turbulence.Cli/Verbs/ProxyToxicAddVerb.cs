using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy toxic add PROXY --type TYPE</c>: adds a toxic.</summary>
internal static class ProxyToxicAddVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var proxy = choice.Proxy();
        var type = new Option<string>("--type", "-t")
        {
            HelpName = "TYPE",
            Description = "What it does: latency, bandwidth, timeout, reset_peer and others (docs/network-faults.md).",
            Required = true,
        };
        type.CompletionSources.Add(static _ => KnownWords.ToxicTypes());
        var name = ProxyArguments.ToxicName(
            "What it is called. [default: its type and stream, such as latency_downstream]", isNeeded: false);
        var upstream = Choice.Flag("--upstream", "Hurt what clients send, not what they get.");
        upstream.Aliases.Add("-u");
        var downstream = Choice.Flag("--downstream", "Hurt what clients get: the default.");
        downstream.Aliases.Add("-d");
        var toxicity = ProxyArguments.Toxicity("The share of connections that it hits, 0 to 1. [default: 1]");
        var attributes = ProxyArguments.Attributes();
        attributes.CompletionSources.Add(context => KnownWords.ToxicAttributes(context.ParseResult.GetValue(type)));
        var ttl = Choice.Seconds("--ttl", "Let it go by itself after so long.");
        var verb = choice.In(
            new Command("add", "Add a toxic to a proxy.") { proxy, type, name, attributes, upstream, downstream, toxicity, ttl });
        verb.Validators.Add(result =>
        {
            if (result.GetValue(upstream) && result.GetValue(downstream))
            {
                result.AddError("--upstream and --downstream exclude each other");
            }
        });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            var body = ProxyArguments.Body(parsed.GetValue(toxicity), parsed.GetValue(attributes), parsed.GetValue(ttl));
            body["type"] = parsed.GetRequiredValue(type);
            body["stream"] = parsed.GetValue(upstream) ? "upstream" : "downstream";
            body["name"] = parsed.GetValue(name) ?? "";
            var toxic = await call.AskAsync(HttpMethod.Post, $"{ProxyCall.Path(parsed.GetRequiredValue(proxy))}/toxics", body);
            call.Write($"Added to the proxy {parsed.GetRequiredValue(proxy)}: {ProxyText.OfToxic(toxic)}");
        }));
        return verb;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy create NAME</c>: makes a proxy.</summary>
internal static class ProxyCreateVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var name = ProxyArguments.Proxy();
        var listen = new Option<string>("--listen", "-l")
        {
            HelpName = "ADDRESS",
            Description = "Where it listens, such as 127.0.0.1:15432; port 0 takes a free one.",
            Required = true,
        };
        var upstream = new Option<string>("--upstream", "-u")
        {
            HelpName = "ADDRESS",
            Description = "Whom it asks, such as localhost:5432.",
            Required = true,
        };
        var protocol = Choice.Defaulted("--protocol", "What it passes on", "tcp", "tcp", "udp");
        var verb = choice.In(new Command("create", "Make a proxy.") { name, listen, upstream, protocol });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            var body = new JsonObject
            {
                ["name"] = parsed.GetRequiredValue(name),
                ["listen"] = parsed.GetRequiredValue(listen),
                ["upstream"] = parsed.GetRequiredValue(upstream),
                ["enabled"] = true,
            };
            if (parsed.GetRequiredValue(protocol) != "tcp")
            {
                body["protocol"] = parsed.GetRequiredValue(protocol);
            }

            var proxy = await call.AskAsync(HttpMethod.Post, "/proxies", body);
            call.Write($"Created the proxy {ProxyText.Of(proxy)}");
        }));
        return verb;
    }
}

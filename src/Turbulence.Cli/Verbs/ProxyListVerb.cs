using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy list</c>: the proxies of a server.</summary>
internal static class ProxyListVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var json = Choice.Flag("--json", "Write JSON, for programs.");
        var verb = choice.In(new Command("list", "List the proxies.") { json });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            var proxies = await call.AskAsync(HttpMethod.Get, "/proxies");
            if (parsed.GetValue(json))
            {
                call.Write(proxies);
                return;
            }

            foreach (var (_, proxy) in proxies.OrderBy(proxy => proxy.Key, StringComparer.Ordinal))
            {
                var toxics = (proxy?["toxics"] as JsonArray)?.Count ?? 0;
                call.Write($"{ProxyText.Of(proxy)}  {toxics} {(toxics == 1 ? "toxic" : "toxics")}");
            }

            if (proxies.Count == 0)
            {
                call.Write("There is no proxy; 'chaos proxy create' makes one.");
            }
        }));
        return verb;
    }
}

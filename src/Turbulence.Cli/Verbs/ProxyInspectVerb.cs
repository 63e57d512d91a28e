using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy inspect NAME</c>: a proxy and its toxics.</summary>
internal static class ProxyInspectVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var name = choice.Proxy();
        var json = Choice.Flag("--json", "Write JSON, for programs.");
        var verb = choice.In(new Command("inspect", "Show a proxy and its toxics.") { name, json });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            var proxy = await call.AskAsync(HttpMethod.Get, ProxyCall.Path(parsed.GetRequiredValue(name)));
            if (parsed.GetValue(json))
            {
                call.Write(proxy);
                return;
            }

            call.Write(ProxyText.Of(proxy));
            foreach (var toxic in proxy["toxics"] as JsonArray ?? [])
            {
                call.Write($"    {ProxyText.OfToxic(toxic)}");
            }
        }));
        return verb;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos proxy toggle NAME</c>: disables a proxy that is enabled, and enables one that is not.</summary>
internal static class ProxyToggleVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var choice = new ProxyApiChoice();
        var name = choice.Proxy();
        var verb = choice.In(new Command("toggle", "Disable a proxy that is enabled, and enable one that is not.") { name });
        verb.SetAction((parsed, _) => ProxyCall.InvokeAsync(parsed, choice, globals, around, async call =>
        {
            var proxy = parsed.GetRequiredValue(name);
            var before = await call.AskAsync(HttpMethod.Get, ProxyCall.Path(proxy));
            // Not PATCH, which Toxiproxy before 2.6 does not know.
            var after = await call.AskAsync(
                HttpMethod.Post, ProxyCall.Path(proxy), new JsonObject { ["enabled"] = !ProxyText.IsEnabled(before) });
            call.Write($"The proxy {proxy} is now {(ProxyText.IsEnabled(after) ? "enabled" : "disabled")}");
        }));
        return verb;
    }
}

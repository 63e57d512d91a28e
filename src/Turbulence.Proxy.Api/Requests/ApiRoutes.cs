using System.Text.Json.Nodes;
using Turbulence.Proxy.Api.Bodies;
using Turbulence.Proxy.Api.Metrics;
using Turbulence.Proxy.Api.Wire;

namespace Turbulence.Proxy.Api.Requests;

/// <summary>What can be asked, by path and method.</summary>
/// <param name="server">What is controlled.</param>
/// <param name="version">The program's version; empty for none.</param>
internal sealed class ApiRoutes(ProxyServer server, string version)
{
    // What its clients ask the version for is what they can ask for.
    private const string SpokenVersion = "2.12.0";

    private readonly Population population = new(server);

    /// <summary>Answers.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The path, with its escapes: a name may have a slash in it.</param>
    /// <param name="body">Reads the body.</param>
    /// <exception cref="ApiException">The request is wrong.</exception>
    /// <exception cref="ProxyException">It cannot be done.</exception>
    public async Task<ApiAnswer> AnswerAsync(string method, string target, Func<Task<ApiBody>> body)
    {
        var path = target.Split('?')[0];
        if (!path.StartsWith('/') || path.EndsWith('/'))
        {
            return ApiAnswer.NowhereFound;
        }

        string[] names = [.. path[1..].Split('/').Select(Uri.UnescapeDataString)];
        return (method, names) switch
        {
            ("GET", ["proxies"]) => ApiAnswer.Json(200, ProxyJson.OfAll(server.Proxies)),
            ("POST", ["proxies"]) => ApiAnswer.Json(201, ProxyJson.Of(await CreateAsync(await body()))),
            (_, ["proxies"]) => ApiAnswer.Only("GET", "POST"),
            ("POST", ["populate"]) => await PopulateAsync(await body()),
            (_, ["populate"]) => ApiAnswer.Only("POST"),
            ("POST", ["reset"]) => await DoneAsync(server.ResetAsync()),
            (_, ["reset"]) => ApiAnswer.Only("POST"),
            ("GET", ["version"]) => ApiAnswer.Text(
                200,
                $"{{\"version\": \"{SpokenVersion}{(version.Length > 0 ? $"+turbulence.{version}" : "")}\"}}\n",
                "application/json;charset=utf-8"),
            (_, ["version"]) => ApiAnswer.Only("GET"),
            ("GET", ["metrics"]) => ApiAnswer.Text(200, MetricsText.Of(server), "text/plain; version=0.0.4; charset=utf-8"),
            (_, ["metrics"]) => ApiAnswer.Only("GET"),
            (_, ["proxies", var proxy]) => await OfProxyAsync(method, proxy, body),
            (_, ["proxies", var proxy, "renew"]) => method == "POST" ? Renew(Proxy(proxy)) : ApiAnswer.Only("POST"),
            (_, ["proxies", var proxy, "counters"]) =>
                method == "GET" ? ApiAnswer.Json(200, CountersJson.Of(Proxy(proxy))) : ApiAnswer.Only("GET"),
            (_, ["proxies", var proxy, "toxics"]) => await OfToxicsAsync(method, proxy, body),
            (_, ["proxies", var proxy, "toxics", var toxic]) => await OfToxicAsync(method, proxy, toxic, body),
            _ => ApiAnswer.NowhereFound,
        };
    }

    private async Task<ApiAnswer> OfProxyAsync(string method, string name, Func<Task<ApiBody>> body)
    {
        switch (method)
        {
            case "GET":
                return ApiAnswer.Json(200, ProxyJson.Of(Proxy(name)));
            case "PATCH" or "POST":
                var proxy = Proxy(name);
                await proxy.UpdateAsync(ProxyInput.Change(await body()));
                return ApiAnswer.Json(200, ProxyJson.Of(proxy));
            case "DELETE":
                return await DoneAsync(server.RemoveAsync(name));
            default:
                return ApiAnswer.Only("GET", "PATCH", "POST", "DELETE");
        }
    }

    private async Task<ApiAnswer> OfToxicsAsync(string method, string name, Func<Task<ApiBody>> body) => method switch
    {
        "GET" => ApiAnswer.Json(200, ToxicJson.OfAll(Proxy(name).Toxics)),
        "POST" => ApiAnswer.Json(200, ToxicJson.Of(await Proxy(name).AddToxicAsync(ToxicInput.Options(await body())))),
        _ => ApiAnswer.Only("GET", "POST"),
    };

    private async Task<ApiAnswer> OfToxicAsync(string method, string name, string toxic, Func<Task<ApiBody>> body)
    {
        switch (method)
        {
            case "GET":
                return ApiAnswer.Json(200, ToxicJson.Of(Proxy(name).FindToxic(toxic) ?? throw new ApiException(404, "toxic not found")));
            case "PATCH" or "POST":
                var proxy = Proxy(name);
                return proxy.FindToxic(toxic) is null
                    ? throw new ApiException(404, "toxic not found")
                    : ApiAnswer.Json(200, ToxicJson.Of(await proxy.UpdateToxicAsync(toxic, ToxicInput.Change(await body()))));
            case "DELETE":
                return await DoneAsync(Proxy(name).RemoveToxicAsync(toxic));
            default:
                return ApiAnswer.Only("GET", "PATCH", "POST", "DELETE");
        }
    }

    private Task<FaultProxy> CreateAsync(ApiBody body) => server.CreateAsync(ProxyInput.Options(body), ProxyInput.Toxics(body) ?? []);

    private async Task<ApiAnswer> PopulateAsync(ApiBody body)
    {
        var (proxies, problem) = await population.ApplyAsync(body);
        var answer = new JsonObject();
        if (problem is not null)
        {
            answer["error"] = problem.Message;
            answer["status"] = problem.Status;
        }

        answer["proxies"] = new JsonArray([.. proxies.Select(ProxyJson.Of)]);
        return ApiAnswer.Json(problem?.Status ?? 201, answer);
    }

    private FaultProxy Proxy(string name) => server.Find(name) ?? throw new ApiException(404, "proxy not found");

    private static ApiAnswer Renew(FaultProxy proxy)
    {
        proxy.Renew();
        return ApiAnswer.Done;
    }

    private static async Task<ApiAnswer> DoneAsync(Task work)
    {
        await work;
        return ApiAnswer.Done;
    }
}

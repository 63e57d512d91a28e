using Turbulence.Proxy.Api.Bodies;
using Turbulence.Proxy.Api.Wire;

namespace Turbulence.Proxy.Api.Requests;

/// <summary>
/// Makes a list of proxies be there, as <c>POST /populate</c> and a configuration file say it:
/// <code>
///   the whole list is read ─ something is missing or wrong ─▶ nothing is made
///     └▶ one after the other: there and equal ─▶ it stays, with its toxics, enabled or not as is said
///                             there and other ─▶ it goes, and the new one is made
///                             not there       ─▶ it is made
///                             cannot be made  ─▶ the end; those before it stay
/// </code>
/// Where a proxy in the list has <c>toxics</c>, it has these and no others afterwards.
/// </summary>
/// <param name="server">Where they are made.</param>
internal sealed class Population(ProxyServer server)
{
    /// <summary>Makes them be there.</summary>
    /// <param name="body">The list.</param>
    /// <returns>Those that are there now, and why the others are not.</returns>
    public async Task<(IReadOnlyList<FaultProxy> Proxies, ApiException? Problem)> ApplyAsync(ApiBody body)
    {
        List<FaultProxy> done = [];
        try
        {
            var wanted = body.Items
                .Select((item, index) => (Options: ProxyInput.Options(item, $" at proxy {index + 1}"), Toxics: ProxyInput.Toxics(item)))
                .ToArray();
            if (wanted
                .GroupBy(proxy => proxy.Options.Name, StringComparer.Ordinal)
                .FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            {
                throw ApiException.BadBody($"the proxy {twice} stands in it twice");
            }

            foreach (var (options, toxics) in wanted)
            {
                done.Add(await ApplyAsync(options, toxics));
            }

            return (done, null);
        }
        catch (ApiException problem)
        {
            return (done, problem);
        }
        catch (ProxyException problem)
        {
            return (done, ApiException.Of(problem));
        }
    }

    private async Task<FaultProxy> ApplyAsync(ProxyOptions options, IReadOnlyList<ToxicOptions>? toxics)
    {
        if (server.Find(options.Name) is { } there)
        {
            if (there.Protocol == options.Protocol && await there.IsBetweenAsync(options.Listen, options.Upstream))
            {
                await there.UpdateAsync(new ProxyChange { IsEnabled = options.IsEnabled, Ttl = options.Ttl });
                if (toxics is not null)
                {
                    await there.ReplaceToxicsAsync(toxics);
                }

                return there;
            }

            await server.RemoveAsync(options.Name);
        }

        return await server.CreateAsync(options, toxics ?? []);
    }
}

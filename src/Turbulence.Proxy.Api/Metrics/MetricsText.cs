using System.Globalization;
using System.Text;
using Turbulence.Proxy.Api.Wire;

namespace Turbulence.Proxy.Api.Metrics;

/// <summary>
/// What the proxies did, in Prometheus' text format 0.0.4: Toxiproxy's count of bytes, and more. Connections that are open count as well.
/// </summary>
internal static class MetricsText
{
    /// <summary>All of it.</summary>
    public static string Of(ProxyServer server)
    {
        var proxies = server.Proxies;
        var text = new StringBuilder();
        (FaultProxy Proxy, ProxyCounters Counters, IReadOnlyList<Toxic> Toxics)[] all =
            [.. proxies.Select(proxy => (proxy, proxy.Counters, proxy.Toxics))];

        Head(text, "toxiproxy_proxy_received_bytes_total", "counter", "Bytes read, by direction.");
        foreach (var (proxy, counters, _) in all)
        {
            Line(
                text,
                "toxiproxy_proxy_received_bytes_total",
                counters.UpstreamBytes,
                ("direction", "upstream"),
                ("listener", proxy.Listen),
                ("proxy", proxy.Name),
                ("upstream", proxy.Upstream));
            Line(
                text,
                "toxiproxy_proxy_received_bytes_total",
                counters.DownstreamBytes,
                ("direction", "downstream"),
                ("listener", proxy.Listen),
                ("proxy", proxy.Name),
                ("upstream", proxy.Upstream));
        }

        Each("turbulence_proxy_enabled", "gauge", "Whether the proxy listens.", proxy => proxy.Proxy.IsEnabled ? 1 : 0);
        Each("turbulence_proxy_connections_total", "counter", "Connections of clients that were accepted.", proxy =>
            proxy.Counters.Connections);
        Each("turbulence_proxy_connections", "gauge", "Connections that are there now.", proxy => proxy.Counters.Active);
        Each(
            "turbulence_proxy_refused_total",
            "counter",
            "Clients that were refused, by a toxic or since the upstream could not be reached.",
            proxy => proxy.Counters.Refused);
        Each("turbulence_proxy_failed_dials_total", "counter", "Clients for whom the upstream could not be reached.", proxy =>
            proxy.Counters.FailedDials);
        EachToxic("turbulence_toxic_connections_total", "Connections that the toxic hit.", counters => counters.Connections);
        EachToxic("turbulence_toxic_requests_total", "Requests that the toxic hit.", counters => counters.Requests);
        EachToxic("turbulence_toxic_bytes_total", "Bytes that the toxic held back, changed or dropped.", counters => counters.Bytes);
        EachToxic("turbulence_toxic_ends_total", "Ends and resets that the toxic held back, swallowed or made.", counters => counters.Ends);
        if (server.Decisions is { } log)
        {
            Head(text, "turbulence_decisions_written_total", "counter", "Decisions that stand in the log.");
            Line(text, "turbulence_decisions_written_total", log.Written);
            Head(text, "turbulence_decisions_lost_total", "counter", "Decisions that the log could not be given.");
            Line(text, "turbulence_decisions_lost_total", log.Lost);
        }

        return text.ToString();

        void Each(
            string name,
            string type,
            string help,
            Func<(FaultProxy Proxy, ProxyCounters Counters, IReadOnlyList<Toxic> Toxics), long> value)
        {
            Head(text, name, type, help);
            foreach (var proxy in all)
            {
                Line(text, name, value(proxy), ("proxy", proxy.Proxy.Name));
            }
        }

        void EachToxic(string name, string help, Func<ToxicCounters, long> value)
        {
            Head(text, name, "counter", help);
            foreach (var (proxy, _, toxics) in all)
            {
                foreach (var toxic in toxics)
                {
                    Line(
                        text,
                        name,
                        value(toxic.Counters),
                        ("proxy", proxy.Name),
                        ("toxic", toxic.Name),
                        ("type", toxic.Type),
                        ("stream", ToxicJson.StreamName(toxic.Stream)));
                }
            }
        }
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        text.Append(name);
        var separator = '{';
        foreach (var label in labels)
        {
            text.Append(separator).Append(label.Name).Append("=\"");
            text.Append(label.Value
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
            separator = ',';
        }

        text.Append(labels.Length > 0 ? "} " : " ").Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

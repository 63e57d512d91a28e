using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Turbulence.Reports.Tests.Reading;

/// <summary>
/// Writes the journal of a long run, as a run writes it: a probe every 100 ms, a fault each minute, and users whose requests are told once
/// a second in tenths of it.
/// </summary>
internal static class LongJournal
{
    private const double Pace = 0.1;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes it.</summary>
    /// <param name="target">Takes the text.</param>
    /// <param name="probes">How many probes the method has; an hour has 36,000.</param>
    /// <param name="bodyBytes">How long the body of each answer is.</param>
    public static void Write(Stream target, int probes, int bodyBytes = 40)
    {
        var begin = new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.Zero);
        var body = new string('b', bodyBytes);
        using var json = new Utf8JsonWriter(target, Indented);
        json.WriteStartObject();
        json.WriteString("chaoslib-version", "1.45.0");
        json.WriteString("platform", "Linux-6.1.0-x86_64");
        json.WriteString("node", "runner-7");
        json.WriteStartObject("experiment");
        json.WriteString("title", "An hour");
        json.WriteStartArray("method");
        for (var i = 0; i < probes; i++)
        {
            WriteActivity(json, i);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("start", Text(begin));
        json.WriteString("status", "completed");
        json.WriteBoolean("deviated", false);
        json.WriteStartObject("steady_states");
        json.WriteNull("before");
        json.WriteNull("after");
        json.WriteStartArray("during");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("run");
        for (var i = 0; i < probes; i++)
        {
            json.WriteStartObject();
            json.WritePropertyName("activity");
            WriteActivity(json, i);
            json.WriteStartObject("output");
            json.WriteNumber("status", 200);
            json.WriteStartObject("headers");
            json.WriteString("Content-Type", "text/plain; charset=utf-8");
            json.WriteString("Date", begin.AddSeconds(i * Pace).ToString("R", CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteString("body", $"response {i}: {body}");
            json.WriteEndObject();
            json.WriteString("start", Text(begin.AddSeconds(i * Pace)));
            json.WriteString("status", "succeeded");
            json.WriteString("end", Text(begin.AddSeconds((i * Pace) + 0.004)));
            json.WriteNumber("duration", 0.004);
            json.WriteBoolean("tolerance_met", true);
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartArray("rollbacks");
        json.WriteEndArray();
        json.WriteString("end", Text(begin.AddSeconds(probes * Pace)));
        json.WriteNumber("duration", probes * Pace);
        json.WriteStartObject("turbulence");
        json.WriteString("version", "0.1.0");
        json.WriteString("run", "k3f9ab2cde");
        json.WriteNumber("seed", 4711);
        json.WriteString("state", "ended");
        json.WriteString("verdict", "passed");
        json.WriteNumber("exit_code", 0);
        json.WriteStartArray("reasons");
        json.WriteEndArray();
        json.Flush();
        json.WritePropertyName("timeline");
        json.WriteStartArray();
        WriteTimeline(json, probes);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteActivity(Utf8JsonWriter json, int number)
    {
        json.WriteStartObject();
        json.WriteString("type", "probe");
        json.WriteString("name", $"probe-{number % 7}");
        json.WriteNumber("tolerance", 200);
        json.WriteStartObject("provider");
        json.WriteString("type", "http");
        json.WriteString("url", "http://localhost:8001/index/10");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTimeline(Utf8JsonWriter json, int probes)
    {
        Line(json, 0, "run-started", "\"run\":\"k3f9ab2cde\"");
        Line(json, 0, "method-started", $"\"activities\":{probes}");
        for (var i = 0; i < probes; i++)
        {
            var at = i * Pace;
            Line(json, at, "activity-started", $"\"activity\":{i + 1},\"phase\":\"method\",\"name\":\"probe-{i % 7}\",\"type\":\"probe\",\"background\":false");
            Line(json, at + 0.004, "activity-ended", $"\"activity\":{i + 1},\"phase\":\"method\",\"name\":\"probe-{i % 7}\",\"status\":\"succeeded\",\"duration\":0.004,\"tolerance_met\":true");
            if (i % 10 == 9)
            {
                var second = i / 10;
                Line(json, second + 1, "users-progressed", $"\"progress\":{{\"requests\":{(second + 1) * 100},\"lost\":{second},\"p50_ms\":0.5,\"p99_ms\":2.5,\"parts\":"
                    + $"{{\"from_ms\":{second * 1000},\"part_ms\":100,\"requests\":[10,10,10,10,10,10,10,10,10,10],\"lost\":[1,0,0,0,0,0,0,0,0,0],\"longest_ms\":[2000,0.6,0.7,0.5,1.1,0.5,0.6,0.7,0.5,1.1]}}}}");
            }

            if (i % 600 == 300)
            {
                foreach (var state in (string[])["planned", "injecting", "effective", "reverting", "confirmed"])
                {
                    Line(json, at + 0.004, "fault-changed", $"\"fault\":\"f{i}\",\"kind\":\"process.pause\",\"name\":\"probe-{i % 7}\",\"state\":\"{state}\"");
                }
            }
        }

        Line(json, probes * Pace, "method-ended", "\"x\":0");
        Line(json, probes * Pace, "run-ended", "\"status\":\"completed\",\"verdict\":\"passed\",\"exit_code\":0");
    }

    private static void Line(Utf8JsonWriter json, double at, string happened, string rest)
    {
        json.WriteRawValue(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{{\"at\":{Math.Round(at, 6)},\"event\":\"{happened}\",{rest}}}")), skipInputValidation: true);
        if (json.BytesPending > 64 * 1024)
        {
            json.Flush();
        }
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
}

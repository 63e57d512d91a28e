using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads the output of a probe of the provider <c>spans</c>: <c>{"process", "seconds", "operations"}</c>.</summary>
internal static class SpanMapReader
{
    // As many as anybody reads; what a program does of its own accord is far less.
    private const int MostOperations = 200;

    /// <summary>Reads one; null where it is none.</summary>
    public static ReportedSpanMap? Read(ReadOnlySpan<byte> output, TextPool pool)
    {
        if (output.IsEmpty)
        {
            return null;
        }

        var reader = JournalFeed.Read(output);
        string? process = null;
        double? seconds = null;
        List<ReportedOperation> operations = [];
        while (reader.TokenType != JsonTokenType.Null && reader.NextMember())
        {
            if (reader.IsKey("process"u8))
            {
                process = pool.Text(ref reader);
            }
            else if (reader.IsKey("seconds"u8))
            {
                seconds = reader.Number();
            }
            else if (reader.IsKey("operations"u8) && reader.IsArray())
            {
                ReadAll(ref reader, operations, pool);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                reader.Skip();
            }
        }

        return process is null ? null : new ReportedSpanMap(process, seconds, operations);
    }

    private static void ReadAll(ref Utf8JsonReader reader, List<ReportedOperation> operations, TextPool pool)
    {
        while (reader.NextElement())
        {
            if (reader.TokenType == JsonTokenType.StartObject && operations.Count < MostOperations)
            {
                operations.Add(ReadOne(ref reader, pool));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static ReportedOperation ReadOne(ref Utf8JsonReader reader, TextPool pool)
    {
        var operation = new ReportedOperation("", null, "", [], null, 0, 0, null, null);
        string source = "", name = "";
        List<string> tags = [];
        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "source":
                    source = pool.Text(ref reader) ?? "";
                    break;
                case "operation":
                    name = pool.Text(ref reader) ?? "";
                    break;
                case "kind":
                    operation = operation with { Kind = pool.Text(ref reader) ?? "" };
                    break;
                case "caller":
                    operation = operation with { Caller = pool.Text(ref reader) };
                    break;
                case "count":
                    operation = operation with { Count = reader.Whole() ?? 0 };
                    break;
                case "errors":
                    operation = operation with { Errors = reader.Whole() ?? 0 };
                    break;
                case "p50_ms":
                    operation = operation with { P50Milliseconds = reader.Number() };
                    break;
                case "p99_ms":
                    operation = operation with { P99Milliseconds = reader.Number() };
                    break;
                case "tags" when reader.IsObject():
                    operation = operation with { Route = ReadTags(ref reader, tags, pool) };
                    break;
                case "tags":
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return operation with { Name = $"{source} {name}", Tags = tags };
    }

    private static string? ReadTags(ref Utf8JsonReader reader, List<string> tags, TextPool pool)
    {
        string? route = null;
        while (reader.NextMember())
        {
            var isRoute = reader.IsKey("http.route"u8);
            if (pool.Text(ref reader) is { } value)
            {
                tags.Add(value);
                route = isRoute ? value : route;
            }
        }

        return route;
    }
}

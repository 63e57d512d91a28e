using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Tests.Values;

/// <summary>JSON becomes what a parameter takes.</summary>
public sealed class ArgumentValueTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    [Theory]
    [InlineData("Text", "\"a\"", "string a")]
    [InlineData("Flag", "true", "bool True")]
    [InlineData("Whole", "-5", "int -5")]
    [InlineData("Whole", "5.0", "int 5")]
    [InlineData("Whole", "1e3", "int 1000")]
    [InlineData("Small", "255", "byte 255")]
    [InlineData("Large", "18446744073709551615", "ulong 18446744073709551615")]
    [InlineData("Huge", "170141183460469231731687303715884105727", "Int128 170141183460469231731687303715884105727")]
    [InlineData("Fraction", "2", "double 2")]
    [InlineData("Fraction", "\"NaN\"", "double NaN")]
    [InlineData("Exact", "0.1", "decimal 0.1")]
    [InlineData("Letter", "\"x\"", "char x")]
    [InlineData("Day", "\"friday\"", "enum Friday")]
    [InlineData("Id", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "Guid 6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("Moment", "\"2026-01-02T03:04:05+01:00\"", "DateTimeOffset 2026-01-02T03:04:05.0000000+01:00")]
    [InlineData("Date", "\"2026-01-02\"", "DateOnly 2026-01-02")]
    [InlineData("Clock", "\"03:04:05\"", "TimeOnly 03:04:05.0000000")]
    [InlineData("Span", "1.5", "TimeSpan 00:00:01.5000000")]
    [InlineData("Span", "\"1.00:00:00\"", "TimeSpan 1.00:00:00")]
    [InlineData("Link", "\"http://localhost:1/x\"", "Uri localhost")]
    [InlineData("Release", "\"1.2.3\"", "Version 1.2.3")]
    [InlineData("Address", "\"127.0.0.1\"", "IPAddress 127.0.0.1")]
    [InlineData("Bytes", "\"AQID\"", "bytes 3")]
    [InlineData("Bytes", "[1,2]", "bytes 2")]
    [InlineData("Maybe", "null", "int? null")]
    [InlineData("Maybe", "4", "int? 4")]
    [InlineData("Numbers", "[1,2]", "list 1+2")]
    [InlineData("Unique", "[\"a\",\"a\"]", "set 1")]
    [InlineData("Named", "{\"a\":1.5}", "map [a, 1.5]")]
    [InlineData("Element", "null", "JsonElement Null")]
    [InlineData("Map", "{\"a\":1}", "JsonObject 1")]
    [InlineData("Any", "5", "object Int32")]
    [InlineData("Any", "{}", "object Dictionary`2")]
    [InlineData("Record", "{\"name\":\"a\",\"age\":2.5,\"day\":\"Sunday\"}", "Pod a 00:00:02.5000000 Sunday")]
    [InlineData("Record", "{\"name\":\"a\",\"age\":\"00:00:01\"}", "Pod a 00:00:01 Monday")]
    public async Task A_value_is_bound(string method, string value, string expected)
    {
        var worker = await shared.StartedAsync();

        Assert.Equal($"\"{expected}\"", await worker.OutputAsync("Bindings", method, new() { ["value"] = JsonNode.Parse(value) }));
    }

    [Theory]
    [InlineData("Text", "5", "argument 'value' of activity 'it' must be a string, and is a whole number")]
    [InlineData("Flag", "\"true\"", "must be a bool, and is a string")]
    [InlineData("Whole", "5.5", "must be an int from -2147483648 to 2147483647, and is a fractional number")]
    [InlineData("Whole", "\"5\"", "must be an int, and is a string")]
    [InlineData("Whole", "null", "must be an int, and is null")]
    [InlineData("Small", "256", "must be a byte from 0 to 255, and is a whole number")]
    [InlineData("Small", "1e400", "must be a byte from 0 to 255")]
    [InlineData("Huge", "5.5", "must be an Int128, and is a fractional number")]
    [InlineData("Fraction", "1e400", "must be a double")]
    [InlineData("Letter", "\"xy\"", "must be a char, and is a string that is none")]
    [InlineData(
        "Day",
        "\"someday\"",
        "must be a DayOfWeek (Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday), and is a string that is none")]
    [InlineData("Day", "\"5\"", "and is a string that is none")]
    [InlineData("Day", "5", "and is a whole number")]
    [InlineData("Id", "\"x\"", "must be a Guid, and is a string that is none")]
    [InlineData("Bytes", "\"###\"", "must be a byte[] in Base64, and is a string that is none")]
    [InlineData("Span", "1e300", "must be a TimeSpan, and is a fractional number")]
    [InlineData("Span", "\"5\"", "must be a TimeSpan (seconds, or [d.]hh:mm:ss), and is a string that is none")]
    [InlineData("Numbers", "[1,\"x\"]", "argument 'value[1]' of activity 'it' must be an int, and is a string")]
    [InlineData("Named", "{\"a\":true}", "argument 'value.a' of activity 'it' must be a double, and is a boolean")]
    [InlineData("Map", "[]", "must be a JsonObject, and is a list")]
    [InlineData("Record", "{\"name\":\"a\"}", "must be a Pod, and is a map that does not fit")]
    [InlineData("Record", "{\"name\":\"a\",\"age\":1,\"nmae\":2}", "'nmae'")]
    [InlineData("Record", "[]", "must be a Pod, and is a list")]
    public async Task A_value_that_does_not_fit_is_named_and_not_shown(string method, string value, string expected)
    {
        var worker = await shared.StartedAsync();

        var outcome = await worker.RunAsync("Bindings", method, new() { ["value"] = JsonNode.Parse(value) });

        Assert.Equal("crashed", (string?)outcome["end"]);
        Assert.Contains(expected, (string?)outcome["message"], StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Section 2.7, the request mapping.</summary>
public class HttpRequestTests
{
    public static TheoryData<Compatibility> BothModes => HttpCalls.BothModes;

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_the_method_is_GET_by_default_and_put_in_capitals(Compatibility mode)
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(mode);

        Assert.Equal(ActivityEnd.Succeeded, (await calls.RunAsync(server.Url + "/x")).End);
        await calls.RunAsync(server.Url + "/x", """{"method": "purge"}""");

        Assert.Equal(["GET /x HTTP/1.1", "PURGE /x HTTP/1.1"], server.Requests.Select(FirstLine));
    }

    [Theory]
    [InlineData("/x", """{"a": [1, null, 2.0, true], "b": null, "c": {"k": 1}}""", "/x?a=1&a=2.0&a=True&c=k")]
    [InlineData("/x", """{"d": [[1, null], {"k": 2}], "e": "é &", "f": 1e20, "g": ""}""", "/x?d=1&d=None&d=k&e=%C3%A9+%26&f=1e%2B20&g=")]
    [InlineData("/x?q=1", """{"a": false}""", "/x?q=1&a=False")]
    [InlineData("/x?q=1#part", """{"a": 1}""", "/x?q=1&a=1")]
    [InlineData("/x?q=1", "\"a b&c=%20é\"", "/x?q=1&a%20b&c=%20%C3%A9")]
    [InlineData("/x", """[["a", 1], ["b", [1, 2]]]""", "/x?a=1&b=1&b=2")]
    [InlineData("/x", """{"a": []}""", "/x")]
    [InlineData("/x", "{}", "/x")]
    [InlineData("/x", "0", "/x")]
    [InlineData("/x", "null", "/x")]
    public async Task S2_7_arguments_of_GET_become_the_query(string path, string arguments, string target)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = RawServer.Answering(RawServer.Ok());
            using var calls = new HttpCalls(mode);

            await calls.RunAsync(server.Url + path, $$"""{"arguments": {{arguments}}}""");

            Assert.Equal($"GET {target} HTTP/1.1", FirstLine(server.Request));
        }
    }

    [Theory]
    [InlineData("""{"a": [1, null], "b": null, "c": true, "d": {"x": 1}}""", "a=1&c=True&d=x", "application/x-www-form-urlencoded")]
    [InlineData("""[["a", 1]]""", "a=1", "application/x-www-form-urlencoded")]
    [InlineData("\"raw é\"", "raw Ã©", null)]
    [InlineData("{}", "", null)]
    public async Task S2_7_arguments_of_another_method_become_a_form_or_a_raw_body(string arguments, string body, string? type)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = RawServer.Answering(RawServer.Ok());
            using var calls = new HttpCalls(mode);

            await calls.RunAsync(server.Url, $$"""{"method": "POST", "arguments": {{arguments}}}""");

            Assert.Equal(body, server.RequestBody);
            Assert.Equal(type, Header(server.Request, "Content-Type"));
        }
    }

    [Theory]
    [InlineData("""{"a": [1, {"b": null}]}""")]
    [InlineData("0")]
    [InlineData("[\"x\"]")]
    [InlineData("\"text\"")]
    public async Task S2_7_the_exact_JSON_content_type_makes_any_arguments_a_JSON_body(string arguments)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = RawServer.Answering(RawServer.Ok());
            using var calls = new HttpCalls(mode);

            await calls.RunAsync(
                server.Url, $$$"""{"method": "PUT", "headers": {"Content-Type": "application/json"}, "arguments": {{{arguments}}}}""");

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(arguments), JsonNode.Parse(server.RequestBody)), server.RequestBody);
            Assert.Equal("application/json", Header(server.Request, "Content-Type"));
        }
    }

    [Theory]
    [InlineData("""{"n": 42, "l": [1, "two"]}""", """{"n": 42, "l": [1, "two"]}""")]
    [InlineData(
        """{"a":{},"b":[],"c":[[],{"d":null}],"e":true,"f":false}""",
        """{"a": {}, "b": [], "c": [[], {"d": null}], "e": true, "f": false}""")]
    [InlineData("""[1.0, 2.50, 1e3, 1E400000000000000000000, 0]""", null)]
    [InlineData(
        """[1.0, 2.50, 1e3, 1e16, 1e-5, 0.1, -0.0, -0, 12345678901234567890123, 1.5e300]""",
        """[1.0, 2.5, 1000.0, 1e+16, 1e-05, 0.1, -0.0, 0, 12345678901234567890123, 1.5e+300]""")]
    [InlineData(
        """["é", "\ud83d\ude00", "\u007f", "\u0000\b\f\n\r\t", "a/b", "\"\\", "<&>'+"]""",
        """["\u00e9", "\ud83d\ude00", "\u007f", "\u0000\b\f\n\r\t", "a/b", "\"\\", "<&>'+"]""")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("{}", "{}")]
    public async Task S2_7_a_JSON_body_is_byte_for_byte_what_Python_writes(string arguments, string? body)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = RawServer.Answering(RawServer.Ok());
            using var calls = new HttpCalls(mode);

            var result = await calls.RunAsync(
                server.Url, $$$"""{"method": "POST", "headers": {"Content-Type": "application/json"}, "arguments": {{{arguments}}}}""");

            if (body is null)
            {
                Assert.Equal((ActivityEnd.Crashed, 0), (result.End, server.Connections));
            }
            else
            {
                Assert.Equal(body, server.RequestBody);
            }
        }
    }

    [Theory]
    [InlineData("content-type", "application/json")]
    [InlineData("Content-Type", "application/json; charset=utf-8")]
    [InlineData("Content-Type", "application/merge-patch+json")]
    public async Task S2_7_A14_other_forms_of_the_JSON_content_type_count_in_the_default_mode_only(string name, string type)
    {
        foreach (var (mode, body) in ((Compatibility, string)[])[(Compatibility.None, """{"a": 1}"""), (Compatibility.ChaosToolkit, "a=1")])
        {
            await using var server = RawServer.Answering(RawServer.Ok());
            using var calls = new HttpCalls(mode);

            await calls.RunAsync(server.Url, $$$"""{"method": "POST", "headers": {"{{{name}}}": "{{{type}}}"}, "arguments": {"a": 1}}""");

            Assert.Equal(body, server.RequestBody);
            Assert.Equal(type, Header(server.Request, "Content-Type"));
        }
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_headers_are_sent_as_they_are_and_a_null_takes_a_default_away(Compatibility mode)
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(mode);

        await calls.RunAsync(
            server.Url,
            """{"headers": {"x-CaSe": "é $5", "Host": "other.example", "Accept": null, "X-Empty": "", "Content-Type": "text/x"}}""");

        Assert.Contains("\r\nx-CaSe: é $5\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\r\nHost: other.example\r\n", server.Request, StringComparison.Ordinal);
        Assert.Equal("", Header(server.Request, "X-Empty"));
        Assert.Equal("text/x", Header(server.Request, "Content-Type"));
        Assert.Null(Header(server.Request, "Accept"));
        Assert.Equal("turbulence", Header(server.Request, "User-Agent"));
    }

    [Theory]
    [InlineData("""{"headers": {"a": 1}}""", "the header 'a' must be a text")]
    [InlineData("""{"headers": {"a": true}}""", "the header 'a' must be a text")]
    [InlineData("""{"headers": {"a": " x"}}""", "the header 'a' begins with white space or holds a line break")]
    [InlineData("""{"headers": {"a": "x\r\nInjected: y"}}""", "the header 'a' begins with white space or holds a line break")]
    [InlineData("""{"headers": {"a": "€"}}""", "the header 'a' holds a character that a header cannot carry (ISO 8859-1 only)")]
    [InlineData("""{"headers": {"": "x"}}""", "'' cannot be the name of a header")]
    [InlineData("""{"headers": ["a"]}""", "a HTTP activities expect headers as a mapping")]
    [InlineData("""{"method": "GE T"}""", "the method must be a word such as GET or POST")]
    [InlineData("""{"method": "connect"}""", "the method CONNECT is for proxies and cannot be sent")]
    [InlineData("""{"method": 5}""", "the method must be a word such as GET or POST")]
    [InlineData("""{"timeout": "soon"}""", "timeout must be a number of seconds above 0, or [connect, read] of two such numbers")]
    [InlineData("""{"timeout": [1]}""", "timeout must be a number of seconds above 0, or [connect, read] of two such numbers")]
    [InlineData("""{"timeout": 0}""", "timeout must be a number of seconds above 0, or [connect, read] of two such numbers")]
    [InlineData("""{"timeout": -1}""", "timeout must be a number of seconds above 0, or [connect, read] of two such numbers")]
    [InlineData("""{"timeout": true}""", "timeout must be a number of seconds above 0, or [connect, read] of two such numbers")]
    [InlineData("""{"arguments": 5}""", "arguments must be a map, a list of pairs or a text")]
    [InlineData("""{"arguments": ["abc"]}""", "arguments must be a map, a list of pairs or a text")]
    [InlineData("""{"method": "POST", "arguments": true}""", "arguments must be a map, a list of pairs or a text")]
    [InlineData("""{"max_retries": "x"}""", "max_retries must be a whole number")]
    [InlineData("""{"verify_tls": 5}""", "verify_tls must be true, false, or the path of a file of certificates")]
    public async Task S2_7_what_the_reference_does_not_foresee_is_a_crash_with_a_clear_message_and_sends_nothing(
        string more, string message)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = RawServer.Answering(RawServer.Ok());
            using var calls = new HttpCalls(mode);

            var result = await calls.RunAsync(server.Url, more);

            Assert.Equal((ActivityEnd.Crashed, message), (result.End, result.Message));
            Assert.Empty(server.Requests);
        }
    }

    [Theory]
    [InlineData("ftp://x/", "ftp://x/", "neither an http nor an https URL")]
    [InlineData("foo", "foo", "neither an http nor an https URL")]
    [InlineData("//x", "//x", "neither an http nor an https URL")]
    [InlineData("/etc/passwd", "/etc/passwd", "neither an http nor an https URL")]
    [InlineData("http://", "http://", "no URL: it names no host")]
    [InlineData("http://[::1", "http://[::1", "no URL: '[::1' cannot be the name or the address of a host")]
    [InlineData("http://127.0.0.1:99999/", "http://127.0.0.1:99999/", "no URL: '99999' is not a port, which is a number up to 65535")]
    [InlineData("ftp://user:secret@x/", "ftp://x/", "neither an http nor an https URL")]
    public async Task S2_7_a_bad_URL_is_a_crash(string url, string shown, string problem)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            using var calls = new HttpCalls(mode);

            var result = await calls.RunAsync(url);

            Assert.Equal((ActivityEnd.Crashed, $"'{shown}' is {problem}"), (result.End, result.Message));
        }
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S5_4_url_headers_timeout_and_arguments_are_substituted(Compatibility mode)
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(mode)
        {
            Values = new ResolvedValues(
                new JsonObject { ["path"] = "p", ["limit"] = 5, ["n"] = 7 }, new JsonObject { ["s"] = new JsonObject { ["token"] = "T" } }),
        };

        var result = await calls.RunAsync(
            server.Url + "/${path}",
            """{"headers": {"X-Token": "Bearer ${token}"}, "timeout": "${limit}", "arguments": {"n": "${n}", "d": "$$"}}""");

        Assert.Equal(ActivityEnd.Succeeded, result.End);
        Assert.Equal("GET /p?n=7&d=%24 HTTP/1.1", FirstLine(server.Request));
        Assert.Equal("Bearer T", Header(server.Request, "X-Token"));
    }

    [Fact]
    public async Task S5_4_A10_the_other_fields_are_substituted_in_the_default_mode()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls
        {
            Values = new ResolvedValues(new JsonObject { ["m"] = "head", ["v"] = "false", ["r"] = "2", ["e"] = "200", ["t"] = "2.5" }, []),
        };

        var result = await calls.RunAsync(
            server.Url,
            """{"method": "${m}", "verify_tls": "${v}", "max_retries": "${r}", "expected_status": "${e}", "timeout": "${t}"}""");

        Assert.Equal((ActivityEnd.Succeeded, null), (result.End, result.Message));
        Assert.StartsWith("HEAD / ", server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S5_4_the_other_fields_are_not_substituted_in_compatibility_mode()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(Compatibility.ChaosToolkit) { Values = new ResolvedValues(new JsonObject { ["r"] = 2 }, []) };

        var result = await calls.RunAsync(server.Url, """{"max_retries": "${r}"}""");

        Assert.Equal(ActivityEnd.Crashed, result.End);
    }

    [Fact]
    public async Task S5_4_without_any_values_the_reference_leaves_arguments_alone()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(Compatibility.ChaosToolkit);

        await calls.RunAsync(server.Url, """{"method": "POST", "arguments": "$$ ${x}"}""");

        Assert.Equal("$$ ${x}", server.RequestBody);
    }

    [Fact]
    public async Task S5_4_a_placeholder_without_a_value_sends_nothing_in_the_default_mode()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url, """{"arguments": {"a": "${missing}"}}""");

        Assert.Equal((ActivityEnd.Failed, "${missing} has no value in the configuration or the secrets"), (result.End, result.Message));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("OPTIONS")]
    public async Task S2_7_methods_that_clients_treat_apart_are_sent_too(string method)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok("", "x-a: b"));
        });
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url, $$"""{"method": "{{method}}"}""");

        Assert.Equal((ActivityEnd.Succeeded, null), (result.End, result.Message));
        Assert.Equal("b", result.Output!["headers"]!["x-a"]!.GetValue<string>());
        Assert.StartsWith(method + " ", server.Request, StringComparison.Ordinal);
    }

    internal static string FirstLine(string request) => request[..request.IndexOf("\r\n", StringComparison.Ordinal)];

    internal static string? Header(string request, string name) =>
        request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();
}

using System.IO.Compression;
using System.Text;
using Turbulence.Activities.Http;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Section 2.7, the result.</summary>
public class HttpResultTests
{
    private const string StatusWarning =
        "This HTTP call returned a response with a HTTP status code above 400. This may indicate some error and not what you expected. Please have a look at the logs.";

    public static TheoryData<Compatibility> BothModes => HttpCalls.BothModes;

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_the_result_holds_status_headers_as_they_came_and_body(Compatibility mode)
    {
        await using var server = RawServer.Answering(
            "HTTP/1.1 103 Early Hints\r\nx-early: 1\r\n\r\n" + RawServer.Ok(
                "hello", "content-type: text/plain; charset=utf-8", "x-A: 1", "X-a: 2", "set-cookie: a", "Set-Cookie: b", "SERVER:  s "));
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(
            """{"status":200,"headers":{"content-type":"text/plain; charset=utf-8","x-A":"1, 2","set-cookie":"a, b","SERVER":"s","Content-Length":"5"},"body":"hello"}""",
            result.Output!.ToJsonString());
        Assert.Empty(calls.Warnings);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_exactly_application_json_is_parsed(Compatibility mode)
    {
        await using var server = RawServer.Answering(
            RawServer.Ok("""{"a": [1, 2.50, "x", null, true], "b": 1, "b": 2}""", "Content-Type: application/json"));
        using var calls = new HttpCalls(mode);

        Assert.Equal("""{"a":[1,2.50,"x",null,true],"b":2}""", await BodyAsync(calls, server));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/problem+json")]
    public async Task S2_7_A14_other_forms_of_the_type_are_text_for_the_reference_and_JSON_for_us(string type)
    {
        await using var server = RawServer.Answering(RawServer.Ok("[1]", "Content-Type: " + type));
        using var ours = new HttpCalls();
        using var theirs = new HttpCalls(Compatibility.ChaosToolkit);

        Assert.Equal("[1]", await BodyAsync(ours, server));
        Assert.Equal("\"[1]\"", await BodyAsync(theirs, server));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[1] 2")]
    [InlineData("[1,]")]
    [InlineData("hello")]
    public async Task S2_7_malformed_JSON_crashes_the_reference_and_stays_text_with_a_warning_here(string body)
    {
        await using var server = RawServer.Answering(RawServer.Ok(body, "Content-Type: application/json"));
        using var ours = new HttpCalls();
        using var theirs = new HttpCalls(Compatibility.ChaosToolkit);

        var result = await ours.RunAsync(server.Url);
        Assert.Equal(body, result.Output!["body"]!.GetValue<string>());
        Assert.Equal([$"{server.Url} says that its answer is JSON, but it is not; its body is taken as text"], ours.Warnings);

        var crash = await theirs.RunAsync(server.Url);
        Assert.Equal((ActivityEnd.Crashed, $"{server.Url} says that its answer is JSON, but it is not"), (crash.End, crash.Message));
    }

    [Fact]
    public async Task S2_7_JSON_nested_without_end_is_malformed()
    {
        await using var server = RawServer.Answering(RawServer.Ok(new string('[', 100_000), "Content-Type: application/json"));
        using var calls = new HttpCalls();

        Assert.Equal(ActivityEnd.Succeeded, (await calls.RunAsync(server.Url)).End);
        Assert.Single(calls.Warnings);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "Ã©", "é")]
    [InlineData("text/plain; charset=\"ISO-8859-1\"", "é", "é")]
    [InlineData("text/plain; charset=nonsense", "Ã©", "é")]
    [InlineData("application/octet-stream", "Ã©", "é")]
    [InlineData("application/octet-stream", "é", "é")]
    [InlineData("", "Ã©", "é")]
    public async Task S2_7_text_is_decoded_by_its_charset_or_as_UTF8(string type, string bytes, string text)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = RawServer.Answering(RawServer.Ok(bytes, "Content-Type: " + type));
            using var calls = new HttpCalls(mode);

            Assert.Equal(text, (await calls.RunAsync(server.Url)).Output!["body"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task S2_7_text_without_a_charset_is_UTF8_here_and_ISO_8859_1_in_the_reference()
    {
        await using var server = RawServer.Answering(RawServer.Ok("Ã©", "Content-Type: text/plain"));
        using var ours = new HttpCalls();
        using var theirs = new HttpCalls(Compatibility.ChaosToolkit);

        Assert.Equal("é", (await ours.RunAsync(server.Url)).Output!["body"]!.GetValue<string>());
        Assert.Equal("Ã©", (await theirs.RunAsync(server.Url)).Output!["body"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_any_status_is_a_success_and_above_399_warns_without_a_tolerance(Compatibility mode)
    {
        await using var server = RawServer.Answering(RawServer.Answer("400 Bad Request"));
        using var calls = new HttpCalls(mode);

        Assert.Equal(400, (await calls.RunAsync(server.Url)).Output!["status"]!.GetValue<int>());
        Assert.Equal([StatusWarning], calls.Warnings);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_the_key_tolerance_silences_the_warning_whatever_its_value(Compatibility mode)
    {
        await using var server = RawServer.Answering(RawServer.Answer("500 No"));
        using var calls = new HttpCalls(mode);

        await calls.RunAsync(server.Url, activity: """{"tolerance": null}""");

        Assert.Empty(calls.Warnings);
    }

    [Theory]
    [InlineData("200", "503 No", "answered with status 503; expected 200")]
    [InlineData("[200, 204]", "404 No", "answered with status 404; expected 200 or 204")]
    [InlineData("503", "503 No", null)]
    [InlineData("[200, 503]", "503 No", null)]
    [InlineData("\"503\"", "503 No", null)]
    public async Task S2_7_A15_expected_status_counts_in_the_default_mode(string expected, string status, string? message)
    {
        await using var server = RawServer.Answering(RawServer.Answer(status));
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url, $$"""{"expected_status": {{expected}}}""");

        Assert.Equal(message is null ? null : $"{server.Url} {message}", result.Message);
        Assert.Equal(message is null ? ActivityEnd.Succeeded : ActivityEnd.Failed, result.End);
        Assert.Empty(calls.Warnings);
    }

    [Theory]
    [InlineData("200")]
    [InlineData("{}")]
    public async Task S2_7_expected_status_is_never_read_in_compatibility_mode(string expected)
    {
        await using var server = RawServer.Answering(RawServer.Answer("204 No Content"));
        using var calls = new HttpCalls(Compatibility.ChaosToolkit);

        Assert.Equal(ActivityEnd.Succeeded, (await calls.RunAsync(server.Url, $$"""{"expected_status": {{expected}}}""")).End);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task S2_7_a_compressed_body_is_read_and_its_headers_stay(string encoding)
    {
        var packed = new MemoryStream();
        await using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Compress, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionMode.Compress, leaveOpen: true),
        })
        {
            await packer.WriteAsync("hello hello"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await using var server = RawServer.Answering(
            RawServer.Ok(Encoding.Latin1.GetString(packed.ToArray()), "Content-Encoding: " + encoding));
        using var calls = new HttpCalls();

        var output = (await calls.RunAsync(server.Url)).Output!;

        Assert.Equal("hello hello", output["body"]!.GetValue<string>());
        Assert.Equal(encoding, output["headers"]!["Content-Encoding"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task S2_7_a_body_that_cannot_be_decompressed_is_a_crash(string encoding)
    {
        await using var server = RawServer.Answering(RawServer.Ok("not packed at all", "Content-Encoding: " + encoding));
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(
            (ActivityEnd.Crashed, $"the answer of {server.Url} cannot be used: the body cannot be decompressed"),
            (result.End, result.Message));
    }

    [Fact]
    public async Task A_body_in_chunks_is_put_together()
    {
        await using var server = RawServer.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: 1\r\n\r\n");
        using var calls = new HttpCalls();

        Assert.Equal("\"hello!\"", await BodyAsync(calls, server));
    }

    [Fact]
    public async Task A_body_without_a_length_goes_to_the_end_of_the_connection()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.0 200 OK\r\n\r\nto the end");
        });
        using var calls = new HttpCalls();

        Assert.Equal("\"to the end\"", await BodyAsync(calls, server));
    }

    [Fact]
    public async Task A_body_above_the_limit_fails_and_one_at_the_limit_is_whole()
    {
        await using var server = RawServer.Answering(RawServer.Ok("12345"), RawServer.Ok("123456"), RawServer.Ok("123456"));
        using var calls = new HttpCalls(surroundings: HttpCalls.Bare with { BodyLimit = 5 });

        var whole = (await calls.RunAsync(server.Url)).Output!;
        var longer = await calls.RunAsync(server.Url);
        var allowed = (await calls.RunAsync(server.Url, """{"body_limit": 6}""")).Output!;

        Assert.Equal("12345", whole["body"]!.GetValue<string>());
        Assert.Equal(
            (ActivityEnd.Failed, $"the body of the answer of {server.Url} (status 200) is longer than 5 bytes; \"body_limit\" of the provider sets the limit"),
            (longer.End, longer.Message));
        Assert.Equal("123456", allowed["body"]!.GetValue<string>());
    }

    [Fact]
    public async Task In_compatibility_mode_a_body_above_the_limit_is_cut_and_marked()
    {
        await using var server = RawServer.Answering(RawServer.Ok("123456"), RawServer.Ok("[12345]", "Content-Type: application/json"));
        using var calls = new HttpCalls(Compatibility.ChaosToolkit, HttpCalls.Bare with { BodyLimit = 5 });

        var cut = (await calls.RunAsync(server.Url, """{"body_limit": 6}""")).Output!.AsObject();
        var json = await calls.RunAsync(server.Url);

        Assert.Equal("12345", cut["body"]!.GetValue<string>());
        Assert.True(cut["body_truncated"]!.GetValue<bool>());
        Assert.Equal((ActivityEnd.Crashed, $"{server.Url} says that its answer is JSON, but it is not whole"), (json.End, json.Message));
    }

    [Fact]
    public async Task What_a_small_body_unfolds_to_is_limited_too()
    {
        var bomb = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            var piece = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
            {
                await gzip.WriteAsync(piece, TestContext.Current.CancellationToken);
            }
        }

        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
            await connection.WriteAsync(bomb.ToArray());
        });
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(
            (ActivityEnd.Failed, $"the body of the answer of {server.Url} (status 200) is longer than 16777216 bytes; \"body_limit\" of the provider sets the limit"),
            (result.End, result.Message));
    }

    [Fact]
    public async Task A_body_that_never_ends_is_left_at_the_limit()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
            var piece = new byte[64 * 1024];
            while (true)
            {
                await connection.WriteAsync(piece);
            }
        });
        using var calls = new HttpCalls(Compatibility.ChaosToolkit);

        var output = (await calls.RunAsync(server.Url)).Output!;

        Assert.Equal(16 * 1024 * 1024, output["body"]!.GetValue<string>().Length);
        Assert.True(output["body_truncated"]!.GetValue<bool>());
    }

    [Fact]
    public void The_default_limit_of_a_body_is_16_MiB() => Assert.Equal(16 * 1024 * 1024, new HttpSurroundings().BodyLimit);

    private static async Task<string> BodyAsync(HttpCalls calls, RawServer server)
    {
        var result = await calls.RunAsync(server.Url);
        Assert.Null(result.Message);
        return result.Output!["body"]!.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

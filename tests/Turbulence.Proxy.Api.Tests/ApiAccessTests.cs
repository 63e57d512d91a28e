using Turbulence.Proxy.Api.Tokens;

namespace Turbulence.Proxy.Api.Tests;

/// <summary>Who may ask.</summary>
public sealed class ApiAccessTests
{
    private const string Word = "a-token-of-24-characters";

    [Fact]
    public async Task A_browser_is_refused_as_long_as_there_is_no_token()
    {
        await using var api = await ApiServer.StartAsync();
        using var refused = await api.SendAsync("POST", "/reset", null, ("User-Agent", "Mozilla/5.0 (X11)"));
        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Equal("User agent not allowed\n", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(refused.Headers.Contains("X-Toxiproxy-Request-Id"));
        using var answered = await api.SendAsync("POST", "/reset", null, ("User-Agent", "curl/8 Mozilla/5.0"));
        Assert.Equal(204, (int)answered.StatusCode);
    }

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("Bearer wrong-token-of-24-chars!", null, 401)]
    [InlineData("Bearer a-token-of-24-character", null, 401)]
    [InlineData("Bearer ", null, 401)]
    [InlineData($"Basic {Word}", null, 401)]
    [InlineData($"Bearer {Word}", null, 200)]
    [InlineData($"bearer {Word}", "self", 200)]
    [InlineData($"Bearer {Word}", "http://evil.example", 403)]
    [InlineData($"Bearer {Word}", "null", 403)]
    public async Task With_a_token_it_is_asked_for_and_pages_of_others_are_refused(string? authorization, string? origin, int status)
    {
        await using var api = await ApiServer.StartAsync(new ProxyApiOptions { Token = ApiToken.Of(Word) });
        List<(string, string)> headers = [("User-Agent", "Mozilla/5.0")];
        if (authorization is not null)
        {
            headers.Add(("Authorization", authorization));
        }

        if (origin is not null)
        {
            headers.Add(("Origin", origin == "self" ? api.Url.GetLeftPart(UriPartial.Authority) : origin));
        }

        using var response = await api.SendAsync("GET", "/proxies", null, [.. headers]);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task It_listens_on_this_machine_alone_unless_it_is_told_otherwise()
    {
        await using var usual = await ApiServer.StartAsync();
        Assert.Equal("localhost", usual.Url.Host);
        await using var six = await ApiServer.StartAsync(new ProxyApiOptions { Host = "127.0.0.1" });
        Assert.Equal("127.0.0.1", six.Url.Host);
        await using var all = await ApiServer.StartAsync(new ProxyApiOptions { Host = "0.0.0.0" });
        Assert.Equal(200, (await all.AskAsync("GET", "/proxies")).Status);
    }

    [Theory]
    [InlineData("short", UnixFileMode.UserRead, "16 to 4096")]
    [InlineData("has a blank in its middle", UnixFileMode.UserRead, "16 to 4096")]
    [InlineData(Word, UnixFileMode.UserRead | UnixFileMode.GroupRead, "others may read")]
    [InlineData(Word, UnixFileMode.UserRead | UnixFileMode.OtherWrite, "others may read")]
    public void A_token_that_others_can_read_or_guess_is_none(string text, UnixFileMode mode, string reason)
    {
        var file = Written(text, mode);
        try
        {
            var problem = Assert.ThrowsAny<Exception>(() => ApiToken.Read(file));
            Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_token_stands_alone_in_its_file()
    {
        var file = Written($"{Word}\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            Assert.True(ApiToken.Read(file).IsIn($"Bearer {Word}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Written(string text, UnixFileMode mode)
    {
        Needs.That(!OperatingSystem.IsWindows(), "needs Unix permissions");
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }

        return file;
    }

    [Theory]
    [InlineData($"{Word}\n", true)]
    [InlineData($"{Word}\r\nmore", true)]
    [InlineData(Word, true)]
    [InlineData("too-short\n", false)]
    [InlineData($"\n{Word}\n", false)]
    public void A_token_is_the_first_line_of_a_stream(string text, bool isToken)
    {
        using var stream = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text));
        if (isToken)
        {
            Assert.True(ApiToken.Read(stream).IsIn($"Bearer {Word}"));
            using var rest = new StreamReader(stream);
            Assert.Equal(text.Contains("more", StringComparison.Ordinal) ? "more" : "", rest.ReadToEnd());
        }
        else
        {
            Assert.Throws<FormatException>(() => ApiToken.Read(stream));
        }
    }

    [Fact]
    public void What_never_ends_is_no_token()
    {
        using var zeros = new MemoryStream(Enumerable.Repeat((byte)'a', 10_000).ToArray());
        Assert.Throws<FormatException>(() => ApiToken.Read(zeros));
    }
}

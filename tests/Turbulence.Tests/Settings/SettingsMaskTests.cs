using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Loading;
using Turbulence.Settings;

namespace Turbulence.Tests.Settings;

public sealed class SettingsMaskTests
{
    [Theory]
    [InlineData("""{ "auths": { "h": { "type": "bearer", "value": "tok" } } }""", """{"auths":{"h":{"type":"bearer","value":"*****"}}}""")]
    [InlineData("""{ "auths": { "h": { "value": 12345 } } }""", """{"auths":{"h":{"value":"*****"}}}""")]
    [InlineData("""{ "auths": { "h": { "value": "${TOKEN}" } } }""", """{"auths":{"h":{"value":"${TOKEN}"}}}""")]
    [InlineData("""{ "auths": { "h": { "value": "x${TOKEN}" } } }""", """{"auths":{"h":{"value":"*****"}}}""")]
    [InlineData("""{ "notifications": [ { "url": "http://h/hook", "headers": { "Authorization": "a", "X-Mine": "b", "Accept": "c" } } ] }""",
        """{"notifications":[{"url":"*****","headers":{"Authorization":"*****","X-Mine":"*****","Accept":"c"}}]}""")]
    [InlineData(
        """{ "vendor": { "api_key": "k", "db-password": ["p", 1], "note": "n" } }""",
        """{"vendor":{"api_key":"*****","db-password":["*****","*****"],"note":"n"}}""")]
    [InlineData("""{ "vendor": { "at": "https://me:pass@host/x" } }""", """{"vendor":{"at":"https://*****@host/x"}}""")]
    [InlineData(
        """{ "auths": { "h": { "value": "tok-1" } }, "note": "it is tok-1" }""",
        """{"auths":{"h":{"value":"*****"}},"note":"it is *****"}""")]
    [InlineData("""{ "vendor": { "token": null, "use_token": true } }""", """{"vendor":{"token":null,"use_token":true}}""")]
    public void What_looks_secret_is_masked(string json, string shown) =>
        Assert.Equal(shown, SettingsMask.Apply(JsonNode.Parse(json)!.AsObject()).ToJsonString());

    [Theory]
    [InlineData(
        "# old: tok-1\nauths: {h: {type: bearer, value: 'tok-1'}} # mine\n",
        "# old: *****\nauths: {h: {type: bearer, value: '*****'}} # mine\n")]
    [InlineData("notifications:\n- url: http://h/hook\n", "notifications:\n- url: *****\n")]
    [InlineData("note: hi\n", "note: hi\n")]
    public void The_file_s_text_stays_but_for_its_secrets(string text, string shown) => Assert.Equal(shown, Masked(text));

    [Theory]
    [InlineData("my_secret: x # short\n")]
    [InlineData("my_secret: |\n  se\n  x\n")]
    [InlineData("my_secret: \"first\n  second words\" # c\n")]
    [InlineData("my_secret: \"\\x73\\x65cret\" # c\n")]
    public void Where_a_secret_cannot_be_found_in_the_text_the_settings_are_written_anew(string text) =>
        Assert.Equal("my_secret: '*****'\n", Masked(text));

    private static string Masked(string text) =>
        SettingsMask.Apply(text, YamlDocumentReader.Read(Encoding.UTF8.GetBytes(text)).Root!.AsObject());
}

using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Notifications;

namespace Turbulence.Tests.Notifications;

public sealed class ChannelReaderTests
{
    [Theory]
    [InlineData("""{ "type": "smoke" }""", "its type must be http, process or plugin, not 'smoke'")]
    [InlineData("{}", "its type must be http, process or plugin, not absent")]
    [InlineData("5", "a channel is a map with a type")]
    [InlineData("""{ "type": "http" }""", "its url must be an http(s) address")]
    [InlineData("""{ "type": "http", "url": "ftp://h/" }""", "its url must be an http(s) address")]
    [InlineData(
        """{ "type": "http", "url": "http://h/", "verify_tls": 5 }""",
        "verify_tls must be a boolean or the path of a file of certificates")]
    [InlineData(
        """{ "type": "http", "url": "http://h/", "headers": { "X-A": "b\r\nX-B: c" } }""",
        "no header can carry the characters of its header 'X-A'")]
    [InlineData("""{ "type": "process", "run": "ls" }""", "its run must be a list: the program, then its arguments")]
    [InlineData("""{ "type": "process", "run": [] }""", "its run must be a list: the program, then its arguments")]
    [InlineData("""{ "type": "process", "run": ["ls"], "timeout": 0 }""", "its timeout must be a number of seconds above 0, at most 3600")]
    public void Section_10_2_a_channel_that_cannot_be_used_is_a_warning_here_and_silence_there(string channel, string why)
    {
        Assert.Equal([$"settings: notifications[0] is left out: {why}"], Read($"[{channel}]", Compatibility.None).Warnings);
        var (channels, warnings) = Read($"[{channel}]", Compatibility.ChaosToolkit);
        Assert.Empty(channels);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public void A_plugin_is_never_left_out_in_silence(Compatibility compatibility)
    {
        var (channels, warnings) = Read("""[null, { "type": "plugin", "module": "m" }]""", compatibility);
        Assert.Empty(channels);
        Assert.Equal(
            ["settings: notifications[1] is a Python plugin, and plugins are not carried out yet: nothing is sent to it"], warnings);
    }

    [Fact]
    public void Section_10_3_an_event_that_nobody_sends_is_a_warning()
    {
        var (channels, warnings) = Read(
            """[{ "type": "http", "url": "http://h/", "events": ["discover-started", "run-started"] }]""", Compatibility.None);
        Assert.StartsWith("settings: notifications[0] waits for 'discover-started', which no event is named; known are discovery-completed, ",
            Assert.Single(warnings), StringComparison.Ordinal);
        Assert.True(Assert.Single(channels).Wants("run-started"));
        Assert.False(channels[0].Wants("run-completed"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public void Section_10_2_no_events_are_all_events(string events) =>
        Assert.True(Assert
            .Single(Read($$"""[{ "type": "http", "url": "http://h/", "events": {{events}} }]""", Compatibility.None).Channels)
            .Wants("run-failed"));

    [Fact]
    public void No_channel_tells_the_path_of_its_address() =>
        Assert.Equal("http http://h:81", Assert.Single(
            Read("""[{ "type": "http", "url": "http://me:pw@h:81/secret?t=1" }]""", Compatibility.None).Channels).Description);

    private static (IReadOnlyList<INotificationChannel> Channels, List<string> Warnings) Read(string json, Compatibility compatibility)
    {
        var warnings = new List<string>();
        return (new ChannelReader("/", compatibility, TimeProvider.System, warnings.Add).Read(JsonNode.Parse(json)!.AsArray()), warnings);
    }
}

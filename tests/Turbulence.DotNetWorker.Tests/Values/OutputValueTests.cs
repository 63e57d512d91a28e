namespace Turbulence.DotNetWorker.Tests.Values;

/// <summary>What a method returns becomes JSON.</summary>
public sealed class OutputValueTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    [Theory]
    [InlineData("Nothing", null)]
    [InlineData("Null", null)]
    [InlineData("NotANumber", "\"NaN\"")]
    [InlineData("Day", "\"Friday\"")]
    [InlineData("Pair", """[1,"two"]""")]
    [InlineData("Bytes", "\"AQID\"")]
    [InlineData("Map", """{"a":[1,2]}""")]
    [InlineData("Record", """{"label":"root","next":null}""")]
    [InlineData("Later", null)]
    [InlineData("LaterAsync", null)]
    [InlineData("NumberAsync", "42")]
    [InlineData("TextAsync", "\"soon\"")]
    [InlineData("Content", "\"streamed\"")]
    public async Task A_result_is_written(string method, string? expected)
    {
        var worker = await shared.StartedAsync();

        Assert.Equal(expected, await worker.OutputAsync("Outputs", method));
    }

    [Fact]
    public async Task An_asynchronous_sequence_is_a_list_up_to_a_limit()
    {
        var worker = await shared.StartedAsync();

        Assert.Equal("[1,2,3]", await worker.OutputAsync("Outputs", "Counting", new() { ["to"] = 3 }));
        var outcome = await worker.RunAsync("Outputs", "Counting", new() { ["to"] = 100_001 });

        Assert.Contains("which has more than 100000 elements", (string?)outcome["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cycle", "the method returned Node, which cannot be written as JSON: A possible object cycle was detected")]
    [InlineData("Unwritable", "which cannot be written as JSON")]
    [InlineData("Endless", "which is more than 60 MiB as JSON")]
    public async Task What_is_no_JSON_is_a_failure_that_says_so(string method, string expected)
    {
        var worker = await shared.StartedAsync();

        var outcome = await worker.RunAsync("Outputs", method);

        Assert.Equal("failed", (string?)outcome["end"]);
        Assert.Contains(expected, (string?)outcome["message"], StringComparison.Ordinal);
        Assert.Equal("7", await worker.OutputAsync("Pods", "Unmarked"));
    }

    [Fact]
    public async Task A_megabyte_arrives_whole()
    {
        var worker = await shared.StartedAsync();

        Assert.Equal((1024 * 1024) + 2, (await worker.OutputAsync("Outputs", "Megabyte"))?.Length);
    }
}

using System.Text.Json.Nodes;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Outcomes;

public sealed class LoadPulseTests
{
    private const long Millisecond = 1_000_000;
    private readonly LoadPulse pulse = new();

    [Fact]
    public void Counts_are_of_the_whole_load_and_times_of_what_ended_since_the_last_look()
    {
        Add(5, RequestOutcome.Answered);
        Add(5, RequestOutcome.Answered);
        Assert.Equal("""{"requests":2,"lost":0,"p50_ms":5,"p99_ms":5}""", Whole());
        Add(2000, RequestOutcome.TimedOut);
        Assert.Equal("""{"requests":3,"lost":1}""", Whole());
        Add(1, RequestOutcome.Answered);
        Assert.Equal("""{"requests":4,"lost":1,"p50_ms":1,"p99_ms":1}""", Whole());

        string Whole()
        {
            var told = pulse.Take(0);
            told.Remove("parts");
            return told.ToJsonString();
        }
    }

    [Fact]
    public void What_ended_in_each_tenth_of_a_second_is_told_once_it_is_over()
    {
        Add(20, RequestOutcome.Answered);
        Add(30, RequestOutcome.Answered);
        Add(250, RequestOutcome.TimedOut);
        Assert.Equal("""{"from_ms":0,"part_ms":100,"requests":[2,0],"lost":[0,0],"longest_ms":[30,0]}""", Parts(200));
        Assert.Equal("""{"from_ms":200,"part_ms":100,"requests":[],"lost":[],"longest_ms":[]}""", Parts(299));
        Assert.Equal("""{"from_ms":200,"part_ms":100,"requests":[1,0],"lost":[1,0],"longest_ms":[250,0]}""", Parts(400));
    }

    [Fact]
    public void One_that_ended_before_a_look_and_came_after_it_is_told_with_the_next()
    {
        Assert.Equal("""{"from_ms":0,"part_ms":100,"requests":[0],"lost":[0],"longest_ms":[0]}""", Parts(100));
        Add(99, RequestOutcome.Answered);
        Assert.Equal("""{"from_ms":100,"part_ms":100,"requests":[1],"lost":[0],"longest_ms":[99]}""", Parts(200));
    }

    [Fact]
    public void However_long_nobody_looks_all_is_told_and_no_more_is_kept_than_a_minute_has()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            Add(hour * 3_600_000, RequestOutcome.Answered);
        }

        var parts = JsonNode.Parse(Parts(long.MaxValue))!;
        Assert.Equal(600, parts["requests"]!.AsArray().Count);
        Assert.Equal(24, parts["requests"]!.AsArray().Sum(static part => part!.GetValue<int>()));
    }

    [Fact]
    public void At_the_end_nothing_is_left_over()
    {
        Add(30, RequestOutcome.Refused);
        Assert.Equal("""{"from_ms":0,"part_ms":100,"requests":[1],"lost":[1],"longest_ms":[30]}""", Parts(long.MaxValue));
        Assert.Equal("""{"from_ms":100,"part_ms":100,"requests":[],"lost":[],"longest_ms":[]}""", Parts(long.MaxValue));
    }

    private string Parts(long milliseconds) =>
        pulse.Take(milliseconds == long.MaxValue ? milliseconds : milliseconds * Millisecond)["parts"]!.ToJsonString();

    private void Add(long milliseconds, RequestOutcome outcome) => pulse.Add(new LoadSample(0, 0, milliseconds * Millisecond, outcome, 0));
}

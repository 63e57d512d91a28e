using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Outcomes;

public sealed class LoadPulseTests
{
    [Fact]
    public void Counts_are_of_the_whole_load_and_times_of_what_ended_since_the_last_look()
    {
        var pulse = new LoadPulse();
        Add(5, RequestOutcome.Answered);
        Add(5, RequestOutcome.Answered);
        Assert.Equal("""{"requests":2,"lost":0,"p50_ms":5,"p99_ms":5}""", pulse.Take().ToJsonString());
        Add(2000, RequestOutcome.TimedOut);
        Assert.Equal("""{"requests":3,"lost":1}""", pulse.Take().ToJsonString());
        Add(1, RequestOutcome.Answered);
        Assert.Equal("""{"requests":4,"lost":1,"p50_ms":1,"p99_ms":1}""", pulse.Take().ToJsonString());

        void Add(long milliseconds, RequestOutcome outcome) => pulse.Add(new LoadSample(0, 0, milliseconds * 1_000_000, outcome, 0));
    }
}

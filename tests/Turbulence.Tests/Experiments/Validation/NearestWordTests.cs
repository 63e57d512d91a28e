using Turbulence.Documents;

namespace Turbulence.Tests.Experiments.Validation;

public sealed class NearestWordTests
{
    [Theory]
    [InlineData("htpp", "http")]
    [InlineData("prot", "port")]
    [InlineData("uri", "url")]
    [InlineData("rang", "range")]
    [InlineData("actoin", "action")]
    [InlineData("rolbacks", "rollbacks")]
    [InlineData("Rollbacks", "rollbacks")]
    [InlineData("steadyStateHypothesis", "steady-state-hypothesis")]
    [InlineData("steady_state_hypotesis", "steady-state-hypothesis")]
    [InlineData("fail-fast", "fail_fast")]
    public void A_slip_of_the_finger_is_recognized(string written, string meant) => Assert.Equal(
        meant, NearestWord.Find(
            written, ["http", "process", "port", "url", "range", "action", "probe", "rollbacks", "steady-state-hypothesis", "fail_fast"]));

    [Theory]
    [InlineData("session")]
    [InlineData("note")]
    [InlineData("layer")]
    [InlineData("nodes")]
    [InlineData("_rollbacks")]
    [InlineData("#method")]
    [InlineData("//url")]
    [InlineData("")]
    [InlineData("x")]
    public void A_word_of_its_own_and_one_taken_out_of_use_are_not(string written) =>
        Assert.Null(NearestWord.Find(written, ["version", "name", "later-or-not", "rollbacks", "method", "url"]));

    [Fact]
    public void Of_two_the_nearer_is_meant() => Assert.Equal("timeout", NearestWord.Find("timeot", ["timeouts", "timeout"]));

    [Fact]
    public void A_hostile_word_costs_nothing() => Assert.Null(NearestWord.Find(new string('a', 10_000_000), ["rollbacks"]));
}

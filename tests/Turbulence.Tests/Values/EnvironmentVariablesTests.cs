using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class EnvironmentVariablesTests
{
    [Fact]
    public void The_overlay_wins_and_the_environment_beneath_stays()
    {
        var beneath = new EnvironmentVariables(new Dictionary<string, string> { ["A"] = "1", ["B"] = "1" });

        var over = beneath.With([new("B", "2"), new("C", "3")]).With([new("C", "4")]);

        Assert.Equal(("1", "2", "4"), (Get(over, "A"), Get(over, "B"), Get(over, "C")));
        Assert.Equal(("1", null), (Get(beneath, "B"), Get(beneath, "C")));
        Assert.Equal(new Dictionary<string, string> { ["B"] = "2", ["C"] = "4" }, over.Overlay);
        Assert.Empty(beneath.Overlay);
    }

    [Fact]
    public void The_environment_of_the_process_is_seen_and_never_changed()
    {
        var over = EnvironmentVariables.OfProcess.With([new("TURBULENCE_TEST_OVERLAY", "x")]);

        Assert.True(over.TryGet("PATH", out var path));
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), path);
        Assert.Equal("x", Get(over, "TURBULENCE_TEST_OVERLAY"));
        Assert.Null(Environment.GetEnvironmentVariable("TURBULENCE_TEST_OVERLAY"));
        Assert.False(over.TryGet("", out _));
    }

    private static string? Get(EnvironmentVariables environment, string name) => environment.TryGet(name, out var value) ? value : null;
}

using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class RunEnvironmentTests
{
    [Fact]
    public void It_is_the_same_for_every_process_until_something_changes_in_it()
    {
        var environment = new RunEnvironment(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }, mark: "m");
        var first = environment.With([]);

        Assert.Equal(("1", "m"), (first!["A"], first[RunEnvironment.MarkVariable]));
        Assert.Same(first, environment.With([]));
        Assert.Equal("more", environment.With([new("B", "more")])!["B"]);
        Assert.Same(first, environment.With([]));

        environment.Change([new("A", "changed"), new("B", null)]);
        var second = environment.With([]);
        Assert.Equal("changed", second!["A"]);
        Assert.False(second.ContainsKey("B"));
        Assert.Same(second, environment.With([]));

        environment.Give([new("A", "given")]);
        Assert.Equal("given", environment.With([])!["A"]);
    }

    [Fact]
    public void Without_one_of_its_own_it_is_that_of_this_process_as_it_is_by_then()
    {
        var environment = new RunEnvironment(mark: "m");
        var name = $"TURBULENCE_TEST_{Guid.NewGuid():n}";
        Assert.False(environment.With([])!.ContainsKey(name));

        Environment.SetEnvironmentVariable(name, "set");
        Assert.Equal("set", environment.With([])![name]);
        Environment.SetEnvironmentVariable(name, null);
        Assert.False(environment.With([])!.ContainsKey(name));
    }
}

namespace NumberDrills.Tests;

public sealed class TimekeeperTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Each_activity_is_a_line_with_its_end_and_its_time()
    {
        var control = new Timekeeper();
        control.AfterActivity(new() { ["name"] = "draw" }, new() { ["status"] = "succeeded", ["duration"] = 0.25 });
        control.AfterActivity(new() { ["name"] = "kill" }, new() { ["status"] = "failed" });

        control.AfterExperiment(file);

        Assert.Equal(["draw: succeeded after 0.250 s", "kill: failed after 0.000 s"], File.ReadAllLines(file));
    }
}

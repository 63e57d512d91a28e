using System.Text.Json.Nodes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>A file is known again when what usually names it has changed, and another one is not taken for it.</summary>
public sealed class FileIdentityTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("file.corrupt")]
    [InlineData("file.missing")]
    [InlineData("file.readonly")]
    public async Task A_disk_that_has_another_number_since_holds_the_same_file(string kind)
    {
        await using var fault = await PlayAsync(kind);
        await fault.InjectAsync();
        fault.Record.Undo["device"] = "4095:4095";
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("some text that is to survive\n", File.ReadAllText(room["data.txt"]));
    }

    [Theory]
    [InlineData("file.corrupt")]
    [InlineData("file.missing")]
    public async Task A_file_that_was_made_later_is_another_one_though_it_has_the_number_of_the_old(string kind)
    {
        await using var fault = await PlayAsync(kind);
        await fault.InjectAsync();
        var born = fault.Record.Undo["born"]!.DeepClone();
        fault.Record.Undo["born"] = new JsonArray(1L, 1u);
        Assert.NotEqual("", await fault.TryRevertAsync());
        fault.Record.Undo["born"] = born;
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task Where_nothing_says_when_it_was_made_the_number_of_its_disk_counts()
    {
        await using var fault = await PlayAsync("file.missing");
        await fault.InjectAsync();
        var device = fault.Record.Undo["device"]!.DeepClone();
        fault.Record.Undo.Remove("born");
        fault.Record.Undo["device"] = "4095:4095";
        Assert.Contains("is not the file that was renamed to it", await fault.TryRevertAsync(), StringComparison.Ordinal);
        fault.Record.Undo["device"] = device;
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    private Task<FaultCase> PlayAsync(string kind) => Scene.PlayAsync(kind, room);
}

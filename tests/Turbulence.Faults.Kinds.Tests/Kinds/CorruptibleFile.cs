using System.Text.Json.Nodes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>A folder with the file <c>data</c> in it, for <c>file.corrupt</c> to hit.</summary>
internal sealed class CorruptibleFile : IDisposable
{
    private readonly Room room = new();

    public string Folder => room.Path;

    public string Path => room["data"];

    public string this[string name] => room[name];

    /// <summary>Writes as many bytes as asked, other ones for each length.</summary>
    public byte[] Write(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(Path, bytes);
        return bytes;
    }

    /// <summary>Plans to corrupt it.</summary>
    public Task<FaultCase> PlanAsync(JsonObject arguments)
    {
        arguments["path"] = "data";
        return FaultCase.MakeAsync("file.corrupt", FaultCase.Request(arguments, room.Path));
    }

    /// <summary>Gives it a second name.</summary>
    public Task LinkAsync(string name) => room.Start("ln", "data", name).Exited;

    /// <summary>Mounts it on another file as well.</summary>
    /// <returns>Whether that can be done here.</returns>
    public async Task<bool> MountAsync(string place) => (await room.Start("mount", "--bind", Path, room[place]).Exited).IsSuccess;

    /// <summary>Takes that back.</summary>
    public Task UnmountAsync(string place) => room.Start("umount", room[place]).Exited;

    /// <summary>Lets the kernel give its program a capability.</summary>
    public async Task GiveCapabilityAsync(string setcap) =>
        Assert.True((await room.Start(setcap, "cap_net_raw=ep", "data").Exited).IsSuccess);

    public void Dispose() => room.Dispose();
}

using System.Text.Json.Nodes;
using Turbulence.Faults.Clocks;
using Turbulence.Faults.Kinds.Tests.Network;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>For each kind a small stage with something real to hit.</summary>
internal static class Scene
{
    /// <summary>The kinds' names, for theories; a new kind without a scene fails them.</summary>
    public static TheoryData<string> Kinds => [.. BuiltInKinds.All.All.Select(kind => kind.Description.Name)];

    /// <summary>The kinds, for a test that starts other programs. Without the gate every fourth of them.</summary>
    /// <param name="test">The number of the test, another for each.</param>
    public static TheoryData<string> KindsFor(int test) => Share.Of(Kinds, 4, test);

    /// <summary>Plans a fault of a kind on something that the room holds.</summary>
    public static async Task<FaultCase> PlayAsync(string kind, Room room)
    {
        var arguments = await SetAsync(kind, room);
        return await FaultCase.MakeAsync(kind, FaultCase.Request(arguments, room.Path) with
        {
            Services = kind == "network.partition" ? await NetworkScene.ServicesAsync(room) : new Dictionary<string, ServiceLocation>(),
            MaxTargets = 2,
        });
    }

    private static async Task<JsonObject> SetAsync(string kind, Room room)
    {
        switch (kind)
        {
            case "process.kill" or "process.restart":
                var port = FreePort.Next();
                await room.StartServerAsync(port);
                return new JsonObject { ["port"] = port };
            case "process.pause":
                File.WriteAllText(room["sleeper.pid"], $"{room.StartSleeper().Id}\n");
                return new JsonObject { ["pid_file"] = "sleeper.pid" };
            case "stress.cpu":
                return new JsonObject { ["cores"] = 1, ["share"] = 0.3 };
            case "stress.memory":
                return new JsonObject { ["bytes"] = "96MiB" };
            case "stress.disk":
                return new JsonObject { ["path"] = ".", ["bytes"] = "3MiB" };
            case "stress.io":
                return new JsonObject { ["path"] = ".", ["bytes"] = "64KiB" };
            case "stress.fd":
                return new JsonObject { ["count"] = 500 };
            case "stress.threads":
                return new JsonObject { ["count"] = 100 };
            case "file.corrupt" or "file.missing" or "file.readonly":
                File.WriteAllText(room["data.txt"], "some text that is to survive\n");
                return new JsonObject { ["path"] = "data.txt" };
            case "dns.hosts":
                File.WriteAllText(room["hosts"], "127.0.0.1 localhost\n");
                return new JsonObject { ["file"] = "hosts", ["host"] = "shop.test", ["address"] = "127.0.0.9" };
            case "network.drop" or "network.reject":
                PacketFilter.Needed();
                return new JsonObject { ["address"] = "127.0.0.1", ["port"] = FreePort.Next() };
            case "clock.skew":
                var sleeper = room.Start(new ProcessStartOptions
                {
                    FileName = "/bin/sleep",
                    Arguments = ["86400"],
                    Environment = FakeTime.Environment(room["clocks/one"]),
                });
                await Eventually.HoldsAsync(() => ClockFile.IsRead(sleeper.Id));
                return new JsonObject { ["pid"] = sleeper.Id, ["offset"] = "+400d" };
            case "syscall.error":
                Strace.Needed();
                return new JsonObject { ["pid"] = room.StartSleeper().Id, ["call"] = "openat", ["error"] = "EMFILE" };
            case "syscall.delay":
                Strace.Needed();
                return new JsonObject { ["pid"] = room.StartSleeper().Id, ["call"] = "openat", ["delay"] = 0.1 };
            case "network.partition":
                return new JsonObject { ["between"] = "front", ["and"] = "back" };
            case var inner when inner.StartsWith("dotnet.", StringComparison.Ordinal):
                return InnerScene.Arguments(inner, await InnerProcess.SharedAsync());
            case var network when network.StartsWith("network.", StringComparison.Ordinal):
                return await NetworkScene.ArgumentsAsync(network, room);
            default:
                throw new ArgumentException($"There is no scene for {kind}.", nameof(kind));
        }
    }
}

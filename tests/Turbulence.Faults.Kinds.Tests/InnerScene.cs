using System.Text.Json.Nodes;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>The least that each kind of <c>dotnet.*</c> takes to be put into the tests' .NET program.</summary>
internal static class InnerScene
{
    public static JsonObject Arguments(string kind, InnerProcess process)
    {
        var arguments = Own(kind);
        arguments["pid"] = process.Id;
        return arguments;
    }

    private static JsonObject Own(string kind) => kind switch
    {
        "dotnet.http" => new() { ["delay"] = 0.1 },
        "dotnet.span" => new() { ["source"] = "InnerTarget.Work", ["exception"] = "System.TimeoutException" },
        "dotnet.request" => new() { ["route"] = "/orders/{id}", ["status"] = 503 },
        "dotnet.threadpool" => new() { ["workers"] = 1 },
        "dotnet.gc" => new() { ["share"] = 0.01 },
        "dotnet.memory" => new() { ["bytes"] = "1MiB" },
        "dotnet.lock" => new() { ["type"] = "InnerTarget.Work", ["field"] = "Gate", ["hold"] = 0.01 },
        "dotnet.exception" => new() { ["rate"] = 10 },
        _ => throw new ArgumentException($"There is no scene for {kind}.", nameof(kind)),
    };
}

using System.Text.Json.Nodes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>The tests' own kind: a file that is there or not.</summary>
internal sealed class FileScenario() : Scenario("test.file")
{
    public override string? Residue() => File.Exists(Room["fault"]) ? "the file is there" : null;

    protected override JsonObject Arguments() => new() { ["path"] = Room["fault"] };
}

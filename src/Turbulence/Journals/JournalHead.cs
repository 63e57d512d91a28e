using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Options;

namespace Turbulence.Journals;

/// <summary>What stands first in a journal: the program, the machine, the experiment and the start.</summary>
/// <param name="version">The program's version.</param>
public sealed class JournalHead(string version)
{
    /// <summary>The version of the reference whose journal this is: report tools choose their template by it.</summary>
    public const string ReferenceVersion = "1.45.0";

    private byte[] start = [];
    private JsonNode? dry;

    /// <summary>The program's version.</summary>
    public string Version { get; } = version;

    /// <summary>The system that the run is on, in the form that the reference writes: system, release, machine.</summary>
    public static string Platform { get; } =
        $"{(OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsMacOS() ? "macOS" : "Windows")}-{Environment.OSVersion.Version}-{Machine}";

    private static string Machine => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>The experiment's text, as it stands in the journal.</summary>
    internal JournalPiece Experiment { get; private set; } = JournalPiece.InMemory([]);

    internal void Begin(RunStarted begin, JournalAside aside)
    {
        dry = begin.Options.Dry == DryMode.None ? null : begin.Options.Dry.ToString().ToLowerInvariant();
        start = JournalJson.Text(JournalTime.Text(begin.At));
        Change(begin.Experiment, aside);
    }

    internal void Change(Experiment changed, JournalAside aside)
    {
        Experiment.Release();
        Experiment = aside.Put(text =>
        {
            using var indented = new IndentedStream(text, depth: 1);
            if (changed.Snapshot?.TryWrite(indented, "dry", dry) != true)
            {
                JournalJson.Write(indented, WithDry(changed.Document));
            }
        });
    }

    /// <summary>Writes what stands before the experiment.</summary>
    internal static void WriteFirst(JournalText text)
    {
        text.Key("chaoslib-version").Value(JournalJson.Text(ReferenceVersion));
        text.Key("platform").Value(JournalJson.Text(Platform));
        text.Key("node").Value(JournalJson.Text(Environment.MachineName));
        text.Key("experiment");
    }

    /// <summary>Writes what stands behind the experiment.</summary>
    internal void WriteStart(JournalText text) => text.Key("start").Value(start);

    private JsonObject WithDry(JsonObject experiment)
    {
        var document = (JsonObject)experiment.DeepClone();
        document.Remove("dry");
        document["dry"] = dry?.DeepClone();
        return document;
    }
}

using System.Collections.Immutable;
using System.Text;

namespace Turbulence.Hosts.Python;

/// <summary>The Python worker's own source, which is carried in this assembly and handed to an interpreter that is started.</summary>
internal static class PythonWorkerSource
{
    private const string Folder = "Turbulence.Hosts.Python.";

    private static readonly ImmutableArray<string> Modules =
    [
        "turbulence_worker", "turbulence_reading", "turbulence_calls", "turbulence_values", "turbulence_validation", "turbulence_controls",
        "turbulence_discovery",
        "turbulence_standins", "turbulence_standin_activities", "turbulence_standin_tolerances", "turbulence_standin_run",
    ];

    /// <summary>
    /// The arguments of the interpreter: <c>-c</c>, the bootstrap, and the name and size of each module that it has to read.
    /// </summary>
    public static IReadOnlyList<string> Arguments => field ??=
    [
        "-c", Encoding.UTF8.GetString(Read("bootstrap")), .. Modules.Select(module => $"{module}:{Read(module).Length}"),
    ];

    /// <summary>What the bootstrap reads from its standard input: the modules, one after the other.</summary>
    public static ReadOnlyMemory<byte> Preamble => field.IsEmpty ? field = Modules.SelectMany(Read).ToArray() : field;

    private static byte[] Read(string module)
    {
        using var stream = typeof(PythonWorkerSource).Assembly.GetManifestResourceStream($"{Folder}{module}.py")
            ?? throw new InvalidOperationException($"The assembly carries no {module}.py.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

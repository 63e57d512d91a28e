using System.Globalization;
using System.Text;

namespace Turbulence.Hosts.Python;

/// <summary>The Python worker's own source, which is carried in this assembly and handed to an interpreter that is started.</summary>
internal static class PythonWorkerSource
{
    /// <summary>The arguments of the interpreter: <c>-c</c>, the bootstrap, and how many bytes of each source it has to read.</summary>
    public static IReadOnlyList<string> Arguments => field ??=
    [
        "-c",
        Encoding.UTF8.GetString(Bootstrap),
        Worker.Length.ToString(CultureInfo.InvariantCulture),
        StandIns.Length.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>What the bootstrap reads from its standard input: the sources, one after the other.</summary>
    public static ReadOnlyMemory<byte> Preamble => field.IsEmpty ? field = (byte[])[.. Worker, .. StandIns] : field;

    private static byte[] Bootstrap => field ??= Read("bootstrap.py");

    private static byte[] Worker => field ??= Read("turbulence_worker.py");

    private static byte[] StandIns => field ??= Read("turbulence_standins.py");

    private static byte[] Read(string name)
    {
        using var stream = typeof(PythonWorkerSource).Assembly.GetManifestResourceStream("Turbulence.Hosts.Python." + name)
            ?? throw new InvalidOperationException($"The assembly carries no {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

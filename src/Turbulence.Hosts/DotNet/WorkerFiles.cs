using System.Collections.Immutable;
using System.Globalization;

namespace Turbulence.Hosts.DotNet;

/// <summary>The .NET worker's files, which this assembly carries.</summary>
internal static class WorkerFiles
{
    /// <summary>The file that is run.</summary>
    public const string Program = "Turbulence.DotNetWorker.dll";

    private const string Folder = "dotnet-worker/";

    /// <summary>The files, each with its content, by name.</summary>
    public static ImmutableArray<(string Name, byte[] Content)> All { get; } = Read();

    /// <summary>Tells one version of the files from others: FNV-1a over names and contents. What is run is compared byte by byte.</summary>
    public static string Hash { get; } = Compute(All);

    private static ImmutableArray<(string Name, byte[] Content)> Read()
    {
        var assembly = typeof(WorkerFiles).Assembly;
        var names = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return [.. names.Select(name => (name[Folder.Length..], Content(assembly.GetManifestResourceStream(name)!)))];
    }

    private static byte[] Content(Stream stream)
    {
        using (stream)
        {
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
    }

    private static string Compute(ImmutableArray<(string Name, byte[] Content)> files)
    {
        const ulong Basis = 14695981039346656037;
        const ulong Prime = 1099511628211;
        var hash = Basis;
        foreach (var (name, content) in files)
        {
            foreach (var letter in name)
            {
                hash = (hash ^ letter) * Prime;
            }

            foreach (var value in content)
            {
                hash = (hash ^ value) * Prime;
            }
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}

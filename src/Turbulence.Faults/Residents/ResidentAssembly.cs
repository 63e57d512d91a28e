using System.Security.Cryptography;
using System.Text;

namespace Turbulence.Faults.Residents;

/// <summary>
/// The assembly that works inside other processes, as it is carried here. Its name says what is in it: a runtime that has loaded an
/// assembly of the same name and of another content, such as that of an older <c>chaos</c>, ends when it is told to load this one.
/// </summary>
internal static class ResidentAssembly
{
    private const string Folder = "resident/";
    private const string Extension = ".dll";
    private const string Unnamed = "0000000000000000";

    /// <summary>Its file's name: <c>Turbulence.Resident.4f0c9a31be55d207.dll</c>.</summary>
    public static string FileName { get; }

    /// <summary>Its bytes.</summary>
    public static byte[] Content { get; }

    static ResidentAssembly() => (FileName, Content) = Name(Read(out var file), file);

    /// <summary>Gives an assembly that was built without a name of its own the one that is a hash of its bytes.</summary>
    /// <param name="content">The assembly. Its name ends with sixteen zeros.</param>
    /// <param name="file">Its file's name.</param>
    /// <exception cref="InvalidOperationException">It is not named so.</exception>
    public static (string FileName, byte[] Content) Name(ReadOnlySpan<byte> content, string file)
    {
        var built = file[..^Extension.Length];
        var name = built[..^Unnamed.Length] + Convert.ToHexStringLower(SHA256.HashData(content))[..Unnamed.Length];
        var (from, to) = (Encoding.UTF8.GetBytes(built), Encoding.UTF8.GetBytes(name));
        var named = content.ToArray();
        var times = 0;
        for (var rest = named.AsSpan(); rest.IndexOf(from) is >= 0 and var at; times++)
        {
            to.CopyTo(rest[at..]);
            rest = rest[(at + to.Length)..];
        }

        // That of the assembly, and that of its module.
        return built.EndsWith(Unnamed, StringComparison.Ordinal) && times >= 2
            ? (name + Extension, named)
            : throw new InvalidOperationException($"{file} has no name that could be replaced.");
    }

    /// <summary>The assembly as it was built.</summary>
    /// <param name="file">Its file's name.</param>
    public static byte[] Read(out string file)
    {
        var resource = typeof(ResidentAssembly).Assembly
            .GetManifestResourceNames()
            .Single(static name => name.StartsWith(Folder, StringComparison.Ordinal));
        file = resource[Folder.Length..];
        using var stream = typeof(ResidentAssembly).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

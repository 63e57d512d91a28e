namespace Turbulence.Faults.Residents;

/// <summary>The assembly that works inside other processes, as it is carried here.</summary>
internal static class ResidentAssembly
{
    private const string Folder = "resident/";

    /// <summary>Its name: <c>Turbulence.Resident.1.dll</c>. The number is that of the orders it understands.</summary>
    public static string FileName { get; } =
        typeof(ResidentAssembly).Assembly
            .GetManifestResourceNames()
            .Single(static name => name.StartsWith(Folder, StringComparison.Ordinal))[Folder.Length..];

    /// <summary>Its bytes.</summary>
    public static byte[] Content { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(ResidentAssembly).Assembly.GetManifestResourceStream(Folder + FileName)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

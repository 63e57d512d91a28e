using Microsoft.Win32.SafeHandles;

namespace Turbulence.Faults.Stress;

/// <summary>Holds many descriptors open.</summary>
internal sealed class DescriptorLoad(int count) : IStressLoad
{
    private readonly List<SafeFileHandle> files = [];

    public string? Start()
    {
        try
        {
            while (files.Count < count)
            {
                files.Add(File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            }

            return null;
        }
        catch (IOException failure)
        {
            // Without a free descriptor it could not even be said.
            Dispose();
            return $"only {files.Count} of {count} files could be opened: {failure.Message}";
        }
    }

    public void Dispose() => files.ForEach(file => file.Dispose());
}

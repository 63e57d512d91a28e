namespace RandomNumbers.Tests;

/// <summary>The folder <c>samples/random-numbers</c> of the repository that the tests were built from.</summary>
public static class SampleFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = System.IO.Path.Combine(folder.FullName, "samples", "random-numbers");
            if (File.Exists(System.IO.Path.Combine(samples, "launch.sh")))
            {
                return samples;
            }
        }

        throw new InvalidOperationException($"No samples/random-numbers above {AppContext.BaseDirectory}.");
    }
}

/// <summary><c>libfaketime</c>, for the tests of clocks that can be moved.</summary>
internal static class FakeTime
{
    /// <summary>Skips the test where it is not there; the library otherwise.</summary>
    public static string Library()
    {
        var file = Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
            : null;
        Needs.That(file is not null, "needs libfaketime (apt-get install libfaketime)");
        return file;
    }

    /// <summary>Our environment, with a clock that stands in a file, which is made.</summary>
    public static Dictionary<string, string> Environment(string file)
    {
        var library = Library();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "+0\n");
        return new Dictionary<string, string>
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!,
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }
}

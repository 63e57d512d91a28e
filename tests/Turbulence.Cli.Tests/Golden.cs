using System.Runtime.CompilerServices;

namespace Turbulence.Cli.Tests;

/// <summary>
/// Holds what people see against a file under <c>Golden/</c>, so that every change of it is seen in review. With
/// <c>UPDATE_GOLDEN=1</c> in the environment the files are written anew.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(caller)!);
        while (!File.Exists(Path.Combine(folder.FullName, "Turbulence.Cli.Tests.csproj")))
        {
            folder = folder.Parent!;
        }

        var path = Path.Combine(folder.FullName, "Golden", name);
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}

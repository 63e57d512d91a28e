namespace Turbulence.Platform.Tests.Processes;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("turbulence-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string WriteProgram(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
    {
        File.WriteAllText(this[name], content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(this[name], mode);
        }

        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

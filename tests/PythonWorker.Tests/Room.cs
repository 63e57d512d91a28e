namespace PythonWorker.Tests;

/// <summary>A folder with Python modules, in which workers start.</summary>
internal sealed class Room : IDisposable
{
    public Room(string? module = null, string name = "sample.py")
    {
        if (module is not null)
        {
            Write(name, module);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("python-room-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using Turbulence.Platform.Files;

namespace Turbulence.Services;

/// <summary>A file beside a journal that belongs to the run as a whole, and to which another process adds.</summary>
/// <param name="name">Where it is, seen from the journal's folder.</param>
/// <param name="path">The same, as a full path.</param>
/// <param name="made">What it was when it was made; null where the system does not tell files apart.</param>
/// <param name="remove">Removes what has its path.</param>
internal sealed class RunSideFile(string name, string path, FileStatus? made, Action remove)
{
    /// <summary>Where it is, seen from the journal's folder: <c>journal.json.d/proxy-receipts.jsonl</c>.</summary>
    public string Name => name;

    /// <summary>The same, as a full path.</summary>
    public string Path => path;

    /// <summary>Whether it is there still, and not the one that another run with the same journal has made in its place.</summary>
    public bool IsThere => made is null
        ? File.Exists(path)
        : FileStatus.Read(path) is { } now && (now.Device, now.Node, now.Born) == (made.Device, made.Node, made.Born);

    /// <summary>Removes it, where it is there.</summary>
    public void Remove()
    {
        if (IsThere)
        {
            remove();
        }
    }
}

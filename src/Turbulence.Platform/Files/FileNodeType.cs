namespace Turbulence.Platform.Files;

/// <summary>What a path names, by its number in inode(7), shifted right by twelve bits.</summary>
public enum FileNodeType
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>A named pipe.</summary>
    Pipe = 1,

    /// <summary>A device that is read byte by byte.</summary>
    CharacterDevice = 2,

    /// <summary>A folder.</summary>
    Folder = 4,

    /// <summary>A device that is read block by block.</summary>
    BlockDevice = 6,

    /// <summary>A regular file.</summary>
    File = 8,

    /// <summary>A symbolic link.</summary>
    Link = 10,

    /// <summary>A socket.</summary>
    Socket = 12,
}

using Turbulence.Platform.Files;

namespace Turbulence.Faults.Network;

/// <summary>Reads the word that an API of proxies wants to be shown, from a file in which it stands alone.</summary>
internal static class ProxyToken
{
    private const int Shortest = 16;
    private const int Longest = 4096;

    /// <summary>Reads it.</summary>
    /// <param name="path">The file, which nobody but its owner may read or write.</param>
    /// <param name="problem">Why there is none, in one line.</param>
    /// <returns>The token; null where there is none.</returns>
    public static string? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            if (FileStatus.Read(path, follow: true) is not { Type: FileNodeType.File } status)
            {
                problem = $"there is no file {path} with a token";
                return null;
            }

            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if ((status.Mode & others) != 0)
            {
                problem = $"others may read or write {path}; 'chmod 600 {path}' keeps its token to you";
                return null;
            }

            var token = status.Length > Longest + 2 ? "" : File.ReadAllText(path).TrimEnd('\r', '\n');
            if (token.Length is >= Shortest and <= Longest && token.All(static letter => letter is > ' ' and < '\u007f'))
            {
                return token;
            }

            problem = $"{path} holds no token: {Shortest} to {Longest} visible ASCII characters, without spaces";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"the token in {path} cannot be read: {failure.Message.TrimEnd('.')}";
        }

        return null;
    }
}

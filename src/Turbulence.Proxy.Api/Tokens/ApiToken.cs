using System.Security.Cryptography;
using System.Text;

namespace Turbulence.Proxy.Api.Tokens;

/// <summary>A word that a request has to bring.</summary>
public sealed class ApiToken
{
    private const int Shortest = 16;
    private const int Longest = 4096;

    private readonly byte[] bytes;

    private ApiToken(byte[] bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>The word, for who has to bring it.</summary>
    internal string Text => Encoding.ASCII.GetString(bytes);

    /// <summary>Makes one.</summary>
    /// <param name="text">The word: 16 to 4096 visible ASCII characters.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ApiToken Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= Shortest and <= Longest && text.All(letter => letter is > ' ' and < '\u007f')
            ? new ApiToken(Encoding.ASCII.GetBytes(text))
            : throw new FormatException($"a token is {Shortest} to {Longest} visible ASCII characters, without spaces");
    }

    /// <summary>Reads one from a file, in which it stands alone.</summary>
    /// <param name="path">The file, which nobody but its owner may read or write.</param>
    /// <exception cref="IOException">It cannot be read, or others may read or write it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">There is no token in it.</exception>
    public static ApiToken Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & others) != 0)
        {
            throw new IOException($"others may read or write {path}; 'chmod 600 {path}' keeps it to you");
        }

        // A line's end belongs to it, and one byte more tells that it is too long.
        var content = new byte[Longest + 3];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return Of(Encoding.Latin1.GetString(content, 0, length).TrimEnd('\r', '\n'));
    }

    /// <summary>Reads one from a stream: its first line. What follows is neither waited for nor read.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">There is no token in it.</exception>
    public static ApiToken Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var content = new byte[Longest + 3];
        var length = 0;
        while (length < content.Length && !content.AsSpan(0, length).EndsWith("\n"u8) && stream.Read(content.AsSpan(length, 1)) > 0)
        {
            length++;
        }

        return Of(Encoding.Latin1.GetString(content, 0, length).TrimEnd('\n').TrimEnd('\r'));
    }

    /// <summary>Whether a request brings it. How long that takes says nothing about how much of it is right.</summary>
    /// <param name="authorization">The request's <c>Authorization</c>; null for none.</param>
    internal bool IsIn(string? authorization)
    {
        const string scheme = "Bearer ";
        return authorization is not null
            && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[scheme.Length..].Trim()), bytes);
    }
}

using System.Security.Cryptography;
using System.Text;
using Turbulence.Proxy.Api.Tokens;

namespace Turbulence.Cli.Verbs;

/// <summary>A token that is made for one program, in a file that nobody but its owner can read; it goes with the program.</summary>
internal sealed class TokenFile : IDisposable
{
    private const int Bytes = 32;

    private readonly string path;

    private TokenFile(string path, ApiToken token)
    {
        this.path = path;
        Token = token;
    }

    /// <summary>The token.</summary>
    public ApiToken Token { get; }

    /// <summary>Makes one. A file that is there is nobody's to replace, and no link is followed.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static TokenFile Make(string path)
    {
        var full = Path.GetFullPath(path);
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(full, options);
        file.Write(Encoding.ASCII.GetBytes($"{text}\n"));
        return new TokenFile(full, ApiToken.Of(text));
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What is in it is worth nothing any more.
        }
    }
}

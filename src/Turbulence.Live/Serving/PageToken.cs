using System.Security.Cryptography;
using System.Text;

namespace Turbulence.Live.Serving;

/// <summary>
/// The secret of one server of pages: 128 random bits, which stand in the address that is printed and in the cookie that the browser gets
/// for it.
/// </summary>
internal sealed class PageToken
{
    private readonly byte[] bytes;

    private PageToken(string text, string folder)
    {
        Text = text;
        Folder = folder;
        bytes = Encoding.ASCII.GetBytes(text);
    }

    /// <summary>The secret.</summary>
    public string Text { get; }

    /// <summary>
    /// The folder that all pages of the server are in, and its cookie is for: browsers send the cookies of one port to all ports of a host,
    /// whosever they are, and to none of another folder.
    /// </summary>
    public string Folder { get; }

    /// <summary>Makes a new one.</summary>
    public static PageToken New() =>
        new(RandomNumberGenerator.GetHexString(32, lowercase: true), $"/{RandomNumberGenerator.GetHexString(16, lowercase: true)}/");

    /// <summary>Whether it is this one. How long that takes says nothing about how much of it is right.</summary>
    public bool Is(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), bytes);
}

using System.Security.Cryptography.X509Certificates;
using Turbulence.Activities.Http;

namespace Turbulence.Load.Requests;

/// <summary>The certificates of those who may vouch for servers.</summary>
internal static class AuthorityFile
{
    /// <summary>Reads a PEM file, or all files of a folder.</summary>
    /// <exception cref="ArgumentException">It cannot be read; the message says so in one line.</exception>
    public static X509Certificate2Collection Read(string path) =>
        new CertificateBundles().TryLoad(new ServerTrust(true, path), out var authorities, out _)
            ? authorities!
            : throw new ArgumentException($"'{path}' cannot be read as a PEM file of certificates");
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Turbulence.Platform.Files;

namespace Turbulence.Activities.Http;

/// <summary>
/// The authorities of <see cref="ServerTrust.CaBundle"/>, read once for all requests: a system's bundle takes some 25 ms to read. They are
/// read again where one of their files is another one, has another length or was written since. Thread-safe.
/// </summary>
internal sealed class CertificateBundles
{
    private readonly ConcurrentDictionary<string, Bundle> known = new();
    private int readings;

    /// <summary>How often a bundle was read from its files.</summary>
    public int Readings => Volatile.Read(ref readings);

    /// <summary>Gives the authorities of a trust.</summary>
    /// <param name="trust">The trust.</param>
    /// <param name="authorities">The authorities, which are not to be changed; null for the system's.</param>
    /// <param name="problem">One line; null when all is well.</param>
    public bool TryLoad(ServerTrust trust, out X509Certificate2Collection? authorities, out string? problem)
    {
        (authorities, problem) = (null, null);
        if (trust.CaBundle is not { } path)
        {
            return true;
        }

        try
        {
            string[] files = Directory.Exists(path) ? Directory.GetFiles(path) : [path];

            // Looked at first: what is written while it is read is read again the next time.
            var identity = string.Join('\n', files.Select(Identity));
            if (!known.TryGetValue(path, out var bundle) || bundle.Identity != identity)
            {
                known[path] = bundle = new Bundle(identity, Read(files));
            }

            authorities = bundle.Authorities;
            problem = authorities.Count > 0 ? null : $"verify_tls: '{path}' holds no certificate";
        }
        catch (Exception failure) when (failure
            is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problem = $"verify_tls: '{path}' cannot be read as a PEM file of certificates";
        }

        return problem is null;
    }

    /// <summary>Lets only these authorities vouch for a server.</summary>
    public static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static string Identity(string file)
    {
        if (FileStatus.Read(file, follow: true) is { } status)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{file} {status.Device} {status.Node} {status.Length} {status.Modified.Seconds}.{status.Modified.Nanoseconds}");
        }

        var info = new FileInfo(file);
        return string.Create(CultureInfo.InvariantCulture, $"{file} {(info.Exists ? info.Length : -1)} {info.LastWriteTimeUtc.Ticks}");
    }

    private X509Certificate2Collection Read(string[] files)
    {
        Interlocked.Increment(ref readings);
        var read = new X509Certificate2Collection();
        foreach (var file in files)
        {
            read.ImportFromPemFile(file);
        }

        return read;
    }

    private sealed record Bundle(string Identity, X509Certificate2Collection Authorities);
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Turbulence.Activities.Http;

/// <summary>Says in plain words why a certificate is not accepted.</summary>
internal static class CertificateWords
{
    /// <summary>The reason; null when there is none.</summary>
    public static string? For(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "the server showed no certificate";
        }

        var states = X509ChainStatusFlags.NoError;
        foreach (var state in chain?.ChainStatus ?? [])
        {
            states |= state.Status;
        }

        return states switch
        {
            _ when states.HasFlag(X509ChainStatusFlags.NotTimeValid) => "the server's certificate is expired or not yet valid",
            _ when states.HasFlag(X509ChainStatusFlags.Revoked) => "the server's certificate is revoked",
            _ when (states & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0 =>
                chain?.ChainElements.Count == 1 && certificate.Subject == certificate.Issuer
                ? "the server's certificate is not trusted: it is self-signed"
                : "the server's certificate is not trusted: its issuer is unknown",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "the server's certificate is for another host",
            _ => $"the server's certificate is not accepted ({states})",
        };
    }
}

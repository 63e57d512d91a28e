using System.Security.Cryptography.X509Certificates;
using OpenTelemetry.Exporter;
using Turbulence.Telemetry.Delivery;
using Turbulence.Telemetry.Settings;

namespace Turbulence.Telemetry.Sdk;

/// <summary>What an exporter is told of its target.</summary>
internal static class OtlpOptions
{
    /// <summary>Makes the options of one signal.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="tally">Accounts for it.</param>
    /// <param name="ending">How far the end of the run is.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">A file of certificates cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file of certificates is none.</exception>
    public static OtlpExporterOptions Of(OtlpTarget target, DeliveryTally tally, DeliveryEnding ending, TimeProvider time)
    {
        var handler = Handler(target);
        return new OtlpExporterOptions
        {
            Endpoint = target.Endpoint,
            Protocol = target.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Headers = target.Headers,
            TimeoutMilliseconds = (int)target.Timeout.TotalMilliseconds,
            Compression = target.IsCompressed ? OtlpExportCompression.GZip : OtlpExportCompression.None,
            HttpClientFactory = () => new HttpClient(new OtlpDelivery(target, tally, ending, time) { InnerHandler = handler })
            {
                Timeout = target.Timeout,
            },
        };
    }

    private static SocketsHttpHandler Handler(OtlpTarget target)
    {
        // A span of the run is no parent of what tells of it, and a collector that redirects to somebody else is none.
        var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null, AllowAutoRedirect = false, UseCookies = false };
        if (target.Authorities is { } authorities)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (target is { Certificate: { } certificate, Key: { } key })
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)];
        }

        return handler;
    }
}

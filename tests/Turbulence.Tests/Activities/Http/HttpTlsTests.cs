using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Section 2.7, <c>verify_tls</c>.</summary>
public sealed class HttpTlsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("turbulence-http-").FullName;

    public static TheoryData<Compatibility> BothModes => HttpCalls.BothModes;

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_server_with_a_certificate_that_nobody_trusts_is_a_failure_to_connect(Compatibility mode)
    {
        using var certificate = TestCertificates.SelfSigned();
        await using var server = RawServer.Answering(certificate, RawServer.Ok());
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(
            (ActivityEnd.Failed, $"failed to connect to {server.Url}: the server's certificate is not trusted: it is self-signed"),
            (result.End, result.Message));
        Assert.Empty(server.Requests);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_verify_tls_false_takes_any_server(Compatibility mode)
    {
        using var certificate = TestCertificates.SelfSigned("elsewhere.example", daysFromNow: -1);
        await using var server = RawServer.Answering(certificate, RawServer.Ok());
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync(server.Url, """{"verify_tls": false}""");

        Assert.Equal((ActivityEnd.Succeeded, null), (result.End, result.Message));
        Assert.Equal(ActivityEnd.Failed, (await calls.RunAsync(server.Url)).End);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_verify_tls_names_a_file_or_a_folder_of_authorities(Compatibility mode)
    {
        using var certificate = TestCertificates.SelfSigned();
        await using var server = RawServer.Answering(certificate, RawServer.Ok());
        using var calls = new HttpCalls(mode);
        var file = Path.Combine(folder, "ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);

        foreach (var path in (string[])[file, folder])
        {
            var result = await calls.RunAsync(server.Url, $$"""{"verify_tls": "{{path}}"}""");
            Assert.Equal((ActivityEnd.Succeeded, null), (result.End, result.Message));
        }
    }

    [Fact]
    public async Task S2_7_authorities_are_read_once_and_again_when_their_file_is_another_one()
    {
        using var certificate = TestCertificates.SelfSigned();
        using var other = TestCertificates.SelfSigned();
        await using var server = RawServer.Answering(certificate, RawServer.Ok());
        using var calls = new HttpCalls(Compatibility.ChaosToolkit);
        var file = Path.Combine(folder, "ca.pem");
        var more = $$"""{"verify_tls": "{{file}}"}""";
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ActivityEnd.Succeeded, (await calls.RunAsync(server.Url, more)).End);
        }

        Assert.Equal(1, calls.BundleReadings);

        var next = Path.Combine(folder, "next.pem");
        await File.WriteAllTextAsync(next, other.ExportCertificatePem(), TestContext.Current.CancellationToken);
        File.Move(next, file, overwrite: true);
        Assert.Equal(ActivityEnd.Failed, (await calls.RunAsync(server.Url, more)).End);
        Assert.Equal(2, calls.BundleReadings);

        File.Delete(file);
        Assert.Contains("cannot be read as a PEM file", (await calls.RunAsync(server.Url, more)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S2_7_other_authorities_do_not_make_a_server_trusted()
    {
        using var certificate = TestCertificates.SelfSigned();
        using var other = TestCertificates.SelfSigned();
        await using var server = RawServer.Answering(certificate, RawServer.Ok());
        using var calls = new HttpCalls();
        var file = Path.Combine(folder, "ca.pem");
        await File.WriteAllTextAsync(file, other.ExportCertificatePem(), TestContext.Current.CancellationToken);

        var result = await calls.RunAsync(server.Url, $$"""{"verify_tls": "{{file}}"}""");

        Assert.Equal(ActivityEnd.Failed, result.End);
        Assert.Contains("certificate is not trusted", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elsewhere.example", 1, "the server's certificate is for another host")]
    [InlineData("127.0.0.1", -1, "the server's certificate is expired or not yet valid")]
    public async Task S2_7_a_certificate_that_does_not_fit_is_named_for_what_it_is(string host, int days, string words)
    {
        using var certificate = TestCertificates.SelfSigned(host, days);
        await using var server = RawServer.Answering(certificate, RawServer.Ok());
        using var calls = new HttpCalls();
        var file = Path.Combine(folder, "ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);

        var result = await calls.RunAsync(server.Url, $$"""{"verify_tls": "{{file}}"}""");

        Assert.Equal((ActivityEnd.Failed, $"failed to connect to {server.Url}: {words}"), (result.End, result.Message));
    }

    [Theory]
    [InlineData("missing.pem", "cannot be read as a PEM file of certificates")]
    [InlineData("empty.pem", "holds no certificate")]
    [InlineData("garbage.pem", "cannot be read as a PEM file of certificates")]
    public async Task S2_7_a_bundle_that_cannot_be_read_is_a_crash(string name, string words)
    {
        using var calls = new HttpCalls();
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "empty.pem"), "", cancel);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "garbage.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", cancel);
        var path = Path.Combine(folder, name);

        var result = await calls.RunAsync("https://127.0.0.1:1/", $$"""{"verify_tls": "{{path}}"}""");

        Assert.Equal((ActivityEnd.Crashed, $"verify_tls: '{path}' {words}"), (result.End, result.Message));
    }

    [Fact]
    public async Task A_server_that_does_not_speak_TLS_is_a_failure_to_connect()
    {
        await using var server = new RawServer(connection => connection.WriteAsync("HTTP/1.1 400 This is no TLS\r\n\r\n"));
        using var calls = new HttpCalls();
        var url = server.Url.Replace("http:", "https:", StringComparison.Ordinal);

        var result = await calls.RunAsync(url);

        Assert.Equal((ActivityEnd.Failed, $"failed to connect to {url}: the TLS handshake failed"), (result.End, result.Message));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

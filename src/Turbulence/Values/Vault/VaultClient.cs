using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Values.Vault;

/// <summary>
/// Reads secrets of Vault's key/value engine over its HTTP interface. It logs in once, at the first read, and asks for each
/// path once. Failures are values, and none of them repeats a credential.
/// </summary>
/// <param name="settings">Where Vault is and how to log in.</param>
/// <param name="timeout">How long one answer may take.</param>
/// <param name="time">Measures the limit.</param>
internal sealed class VaultClient(VaultSettings settings, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private readonly VaultConnection connection = new(settings, timeout, time);
    private readonly Dictionary<string, VaultAnswer> read = [];
    private VaultLogin? login;

    /// <summary>Reads the map at <paramref name="path"/> below the engine's mount.</summary>
    /// <param name="path">The path, without <c>data/</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The map; without a value where Vault's answer holds none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<VaultAnswer> ReadAsync(string path, CancellationToken cancellationToken)
    {
        login ??= await LoginAsync(cancellationToken);
        if (login.Failure is not null)
        {
            return new(null, login.Failure, IsLogin: true);
        }

        if (!read.TryGetValue(path, out var answer))
        {
            answer = read[path] = await FetchAsync(path, login.Token, cancellationToken);
        }

        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private async ValueTask<VaultAnswer> FetchAsync(string path, string? token, CancellationToken cancellationToken)
    {
        var engine = settings.Mount.Trim('/') + (settings.KvVersion == 2 ? "/data/" : "/");
        var answer = await connection.SendAsync(HttpMethod.Get, engine + path.Trim('/'), token, null, cancellationToken);
        if (answer.Failure is not null)
        {
            return answer with { Failure = $"the Vault secret at '{path}' cannot be read: {answer.Failure}" };
        }

        var values = answer.Value?["data"] as JsonObject;
        values = settings.KvVersion == 2 ? values?["data"] as JsonObject : values;
        return new(values);
    }

    private async ValueTask<VaultLogin> LoginAsync(CancellationToken cancellationToken)
    {
        switch (settings.Authentication)
        {
            case VaultAuthentication.AppRole role:
                var approle = new JsonObject { ["role_id"] = role.RoleId, ["secret_id"] = role.SecretId };
                var (token, failure) = await LoginAsync("approle", approle, role.SecretId, cancellationToken);
                return new(token, failure is null ? null : $"Failed to connect to Vault with the AppRole: {failure}");
            case VaultAuthentication.Kubernetes account:
                if (await AccountTokenAsync(account.TokenPath, cancellationToken) is not { } jwt)
                {
                    return new(null, $"Failed to get service account token at: {account.TokenPath}");
                }

                var kubernetes = new JsonObject { ["role"] = account.Role, ["jwt"] = jwt };
                (token, failure) = await LoginAsync(account.Mount.Trim('/'), kubernetes, jwt, cancellationToken);
                return new(token, failure is null ? null : $"Failed to connect to Vault using service account with errors: '{failure}'");
            default:
                return new(((VaultAuthentication.Token)settings.Authentication).Value, null);
        }
    }

    private async ValueTask<VaultLogin> LoginAsync(string mount, JsonObject body, string credential, CancellationToken cancellationToken)
    {
        var answer = await connection.SendAsync(HttpMethod.Post, $"auth/{mount}/login", null, (body, credential), cancellationToken);
        var token = (answer.Value?["auth"] as JsonObject)?.Text("client_token");
        return new(token, answer.Failure ?? (token is null ? "the answer holds no token" : null));
    }

    private static async ValueTask<string?> AccountTokenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken)).Trim();
            return token.Length > 0 ? token : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private sealed record VaultLogin(string? Token, string? Failure);
}

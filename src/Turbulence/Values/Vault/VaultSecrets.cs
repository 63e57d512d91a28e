using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Values.Vault;

/// <summary>Resolves <c>{"type":"vault","path":…,"key":…}</c>; settings are read, and Vault is called, at the first of them.</summary>
internal sealed class VaultSecrets(JsonObject configuration, ValueSources sources, ProblemList problems) : IDisposable
{
    private VaultClient? client;
    private bool isUnusable;
    private bool isLoginReported;

    private bool IsCompatible => sources.Compatibility == Compatibility.ChaosToolkit;

    public async ValueTask<(bool Found, JsonNode? Value)> ResolveAsync(
        JsonObject definition, DocumentPath path, CancellationToken cancellationToken)
    {
        if (definition.Text("path") is not { Length: > 0 } secret)
        {
            return Missing(path, $"Missing Vault secret path for '{PythonText.Of(definition)}'");
        }

        if (!VaultPath.Stays(secret))
        {
            problems.Error(path, $"the Vault secret at '{secret}' cannot be read: {VaultPath.Problem}");
            return (false, null);
        }

        if (sources.Offline)
        {
            return (true, null);
        }

        if (!TryConnect())
        {
            return (false, null);
        }

        var (values, failure, isLogin) = await client!.ReadAsync(secret, cancellationToken);
        if (failure is not null)
        {
            // Every secret shares the login: one message tells it all.
            if (!isLogin || !isLoginReported)
            {
                problems.Error(path, failure);
            }

            isLoginReported |= isLogin;
            return (false, null);
        }

        if (values is null || values.Count == 0)
        {
            return Missing(path, $"No Vault secret found at path: {secret}");
        }

        if (definition["key"] is not { } node)
        {
            return (true, values.DeepClone());
        }

        var key = PythonText.Of(node);
        if (values.TryGetPropertyValue(key, out var value))
        {
            return (true, value?.DeepClone());
        }

        problems.Error(path, $"the Vault secret at '{secret}' has no key '{key}'");
        return (false, null);
    }

    public void Dispose() => client?.Dispose();

    private bool TryConnect()
    {
        if (client is null && !isUnusable)
        {
            var settings = VaultSettings.Read(configuration, sources.Environment, problems);
            isUnusable = settings is null;
            client = settings is null ? null : new VaultClient(settings, sources.VaultTimeout, sources.Time);
        }

        return client is not null;
    }

    private (bool Found, JsonNode? Value) Missing(DocumentPath path, string message)
    {
        if (IsCompatible)
        {
            problems.Warning(path, message);
            return (true, new JsonObject());
        }

        problems.Error(path, message);
        return (false, null);
    }
}

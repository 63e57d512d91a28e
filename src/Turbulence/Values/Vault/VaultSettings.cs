using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Python;

namespace Turbulence.Values.Vault;

/// <summary>Where Vault is and how to talk to it.</summary>
/// <param name="Address">Its URL; a path in it stands before <c>/v1</c>.</param>
/// <param name="KvVersion">The version of the key/value engine: 1 or 2.</param>
/// <param name="Mount">Where that engine is mounted.</param>
/// <param name="Authentication">How to log in.</param>
/// <param name="Namespace">The namespace (<c>X-Vault-Namespace</c>); null for the root.</param>
internal sealed record VaultSettings(Uri Address, int KvVersion, string Mount, VaultAuthentication Authentication, string? Namespace)
{
    private const string DefaultAddress = "http://localhost:8200";

    /// <summary>
    /// Reads the <c>vault_…</c> keys of a configuration; where they are silent, <c>VAULT_ADDR</c>, <c>VAULT_TOKEN</c>,
    /// <c>VAULT_NAMESPACE</c> and <c>~/.vault-token</c> speak, and then Vault's own defaults.
    /// </summary>
    /// <param name="configuration">The resolved configuration. An empty value counts as absent.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="problems">Receives settings that make no sense.</param>
    /// <returns>The settings; null when one makes no sense.</returns>
    public static VaultSettings? Read(JsonObject configuration, EnvironmentVariables environment, ProblemList problems)
    {
        string? Setting(string key) => configuration[key] is { } node && PythonText.Of(node) is { Length: > 0 } text ? text : null;
        string? Variable(string name) => environment.TryGet(name, out var text) && text.Length > 0 ? text : null;

        var path = DocumentPath.Root["configuration"];
        var text = Setting("vault_addr") ?? Variable("VAULT_ADDR") ?? DefaultAddress;
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            problems.Error(path["vault_addr"], "the address of Vault must be an http or https URL");
            return null;
        }

        var version = Setting("vault_kv_version") ?? "2";
        if (version is not ("1" or "2"))
        {
            problems.Error(path["vault_kv_version"], "vault_kv_version must be \"1\" or \"2\"");
            return null;
        }

        VaultAuthentication authentication = (Setting(
            "vault_token"), Setting("vault_role_id"), Setting("vault_role_secret"), Setting("vault_sa_role")) switch
        {
            ({ } token, _, _, _) => new VaultAuthentication.Token(token),
            (_, { } role, { } secret, _) => new VaultAuthentication.AppRole(role, secret),
            (_, _, _, { } role) => new VaultAuthentication.Kubernetes(
                role,
                Setting("vault_sa_token_path") ?? "/var/run/secrets/kubernetes.io/serviceaccount/token",
                Setting("vault_k8s_mount_point") ?? "kubernetes"),
            _ => new VaultAuthentication.Token(Variable("VAULT_TOKEN") ?? TokenOfHome(Variable("HOME"))),
        };
        return new VaultSettings(
            address,
            version == "1" ? 1 : 2,
            Setting("vault_secrets_mount_point") ?? "secret",
            authentication,
            Variable("VAULT_NAMESPACE"));
    }

    // What "vault login" leaves behind.
    private static string? TokenOfHome(string? home)
    {
        try
        {
            return home is null ? null : File.ReadAllText(Path.Combine(home, ".vault-token")).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

namespace Turbulence.Values.Vault;

/// <summary>How a client proves to Vault who it is.</summary>
internal abstract record VaultAuthentication
{
    private VaultAuthentication()
    {
    }

    /// <summary>With a token that it has already.</summary>
    /// <param name="Value">The token; null to send none, which is right behind a Vault agent that adds its own.</param>
    public sealed record Token(string? Value) : VaultAuthentication;

    /// <summary>AppRole: <c>POST /v1/auth/approle/login</c>.</summary>
    /// <param name="RoleId">The role's id.</param>
    /// <param name="SecretId">The secret that goes with it.</param>
    public sealed record AppRole(string RoleId, string SecretId) : VaultAuthentication;

    /// <summary>A Kubernetes service account: <c>POST /v1/auth/&lt;mount&gt;/login</c>.</summary>
    /// <param name="Role">Vault's role.</param>
    /// <param name="TokenPath">The file with the service account's JSON web token.</param>
    /// <param name="Mount">Where the method is mounted.</param>
    public sealed record Kubernetes(string Role, string TokenPath, string Mount) : VaultAuthentication;
}

namespace Turbulence.Values.Vault;

/// <summary>Keeps a path of Vault below the mount that it belongs to.</summary>
internal static class VaultPath
{
    /// <summary>What is wrong with a path that does not stay.</summary>
    public const string Problem = "a path of Vault must not have a part that is '.' or '..': it would leave its mount";

    /// <summary>Whether no part of <paramref name="path"/> leads upwards.</summary>
    public static bool Stays(string path) => !path.Split('/').Any(static part => part.Trim() is "." or "..");
}

using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Values.Vault;

namespace Turbulence.Values;

/// <summary>
/// Resolves an experiment's <c>secrets</c>: inline values, environment variables, HashiCorp Vault and, in the default mode,
/// files. The experiment is never changed, and no message repeats a secret.
/// </summary>
/// <param name="sources">Where values come from besides the experiment.</param>
internal sealed class SecretsResolver(ValueSources sources)
{
    private static readonly DocumentPath Root = DocumentPath.Root["secrets"];

    private bool IsCompatible => sources.Compatibility == Compatibility.ChaosToolkit;

    /// <summary>Resolves every secret.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="configuration">The configuration without its probes; it says where Vault is.</param>
    /// <param name="problems">Receives every secret that could not be resolved.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Scope to key to value; what could not be resolved is absent.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<JsonObject> ResolveAsync(
        JsonObject experiment,
        JsonObject configuration,
        ProblemList problems,
        CancellationToken cancellationToken)
    {
        var secrets = new JsonObject();
        if (!experiment.TryGetPropertyValue("secrets", out var node))
        {
            node = new JsonObject();
        }

        if (node is not JsonObject declared)
        {
            problems.Error(Root, "secrets must be a map of scopes");
            return secrets;
        }

        WarnOfUndeclared(declared, problems);
        using var vault = new VaultSecrets(configuration, sources, problems);
        foreach (var (scope, definition) in declared)
        {
            if (definition is not JsonObject map)
            {
                problems.Error(Root[scope], "a scope of secrets must be a map of keys to values");
                continue;
            }

            var given = sources.Overrides.Secrets[scope] as JsonObject;
            if (given is not null && IsCompatible)
            {
                secrets[scope] = given.DeepClone();
                continue;
            }

            if (given is not null)
            {
                var merged = new JsonObject { [scope] = map.DeepClone() };
                OverrideMerge.Into(merged, new JsonObject { [scope] = given.DeepClone() }, deep: true);
                map = merged[scope]!.AsObject();
            }

            var (found, value) = await ResolveAsync(map, Root[scope], vault, problems, cancellationToken);
            if (found)
            {
                secrets[scope] = value;
            }

            if (found && value is not JsonObject && !IsCompatible)
            {
                problems.Warning(Root[scope], "this scope is a single value, which no ${name} can reach; put it under a key of the scope");
            }
        }

        return secrets;
    }

    private async ValueTask<(bool Found, JsonNode? Value)> ResolveAsync(
        JsonNode? definition,
        DocumentPath path,
        VaultSecrets vault,
        ProblemList problems,
        CancellationToken cancellationToken)
    {
        if (definition is not JsonObject map)
        {
            return (true, definition?.DeepClone());
        }

        switch (map.Text("type"))
        {
            case "env":
                return Report(EnvironmentReference.Secret(map, sources.Environment, extended: !IsCompatible), path, problems);
            case "file" when !IsCompatible:
                return Report(SecretFile.Read(map, sources.Folder, sources.Environment), path, problems);
            case "vault":
                return await vault.ResolveAsync(map, path, cancellationToken);
        }

        var values = new JsonObject();
        foreach (var (key, item) in map)
        {
            var (found, value) = await ResolveAsync(item, path[key], vault, problems, cancellationToken);
            if (found)
            {
                values[key] = value;
            }
        }

        return (true, values);
    }

    private static (bool Found, JsonNode? Value) Report(ConvertedValue converted, DocumentPath path, ProblemList problems)
    {
        if (converted.Failure is null)
        {
            return (true, converted.Value);
        }

        problems.Error(path, converted.Failure);
        return (false, null);
    }

    private void WarnOfUndeclared(JsonObject declared, ProblemList problems)
    {
        if (IsCompatible)
        {
            return;
        }

        foreach (var (scope, given) in sources.Overrides.Secrets)
        {
            if (!declared.ContainsKey(scope))
            {
                problems.Warning(Root, $"the secret scope '{scope}' of a variable file is ignored: the experiment does not declare it");
            }
            else if (given is not JsonObject)
            {
                problems.Error(Root[scope], $"the secret scope '{scope}' of a variable file must be a map of keys to values");
            }
        }
    }
}

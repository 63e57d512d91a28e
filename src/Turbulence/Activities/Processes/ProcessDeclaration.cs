using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Activities.Processes;

/// <summary>
/// The keys of a <c>process</c> provider, their placeholders replaced. In compatibility mode only <c>path</c>, <c>arguments</c> and
/// <c>timeout</c> exist, and only the arguments may hold placeholders.
/// </summary>
internal sealed record ProcessDeclaration(
    string Path,
    JsonNode? Arguments,
    TimeSpan? Timeout,
    string? Directory,
    JsonObject? Environment,
    string? Input)
{
    public const string PathMissing = "a process activity must have a path";

    /// <summary>Reads the provider of the call's activity.</summary>
    public static bool TryRead(
        ActivityCall call,
        [NotNullWhen(true)] out ProcessDeclaration? declaration,
        [NotNullWhen(false)] out ActivityResult? failure)
    {
        declaration = null;
        var ours = call.Compatibility == Compatibility.None;
        var provider = call.Activity.Provider;
        var readable = new Dictionary<string, JsonNode?>();
        foreach (var key in (ReadOnlySpan<string>)["path", "arguments", "timeout", "cwd", "env", "stdin"])
        {
            if (!provider.TryGetPropertyValue(key, out var value))
            {
                continue;
            }

            var declared = value;
            var literal = !ours && (key != "arguments" || call.Values.IsEmpty);
            if (!literal && !call.TrySubstitute(declared, out value, out failure))
            {
                return false;
            }

            // A shell command keeps its $$ unless there is something to substitute, as in the reference.
            readable[key] = key == "arguments" && call.Values.IsEmpty ? declared : value;
        }

        if (Text(Read("path")) is not { Length: > 0 } path)
        {
            failure = ActivityResult.Crashed(PathMissing);
            return false;
        }

        if (!ProcessTimeout.TryRead(Read("timeout"), acceptText: ours, out var timeout))
        {
            failure = ActivityResult.Crashed(ProcessTimeout.Problem(Read("timeout")));
            return false;
        }

        if (ours && Read("cwd") is { } cwd && Text(cwd) is not { Length: > 0 })
        {
            failure = ActivityResult.Failed($"cwd must be the path of a directory, not {cwd.ToJsonString()}");
            return false;
        }

        if (ours && Read("env") is { } env and not JsonObject)
        {
            failure = ActivityResult.Failed($"env must be a map of names to values, not {env.ToJsonString()}");
            return false;
        }

        var variables = ours ? Read("env") as JsonObject : null;
        if (variables?.FirstOrDefault(pair => pair.Key.Length == 0 || pair.Key.Contains('=', StringComparison.Ordinal)).Key is { } name)
        {
            failure = ActivityResult.Failed($"'{name}' cannot be the name of an environment variable");
            return false;
        }

        failure = null;
        declaration = new ProcessDeclaration(
            path,
            readable.ContainsKey("arguments") ? Read("arguments") : new JsonArray(),
            timeout,
            ours ? Text(Read("cwd")) : null,
            variables,
            ours && Read("stdin") is { } input ? ProcessArguments.TextOf(input, Compatibility.None) : null);
        return true;

        JsonNode? Read(string key) => readable.GetValueOrDefault(key);
    }

    /// <summary>Finds the program and puts together how it is to be started.</summary>
    public bool TryResolve(
        ActivityCall call,
        ProgramSearch programs,
        RunEnvironment environment,
        [NotNullWhen(true)] out ProcessStartOptions? start,
        [NotNullWhen(false)] out ActivityResult? failure)
    {
        start = null;
        var program = programs.Find(Path);
        if (!ProcessArguments.TryMake(program is null || Directory is null
            ? program
            : environment.FullPath(program), this, call.Compatibility, out var command, out failure))
        {
            return false;
        }

        start = new ProcessStartOptions
        {
            FileName = command[0],
            NameBeforeExec = environment.NameBeforeExec,
            Arguments = command[1..],
            WorkingDirectory = Directory is null ? environment.Folder : environment.FullPath(HomeDirectory.Expand(Directory)),
            Environment = environment.With(Variables()),
            StandardInput = Input is null ? ChildInput.Null : ChildInput.Bytes(Encoding.UTF8.GetBytes(Input)),
        };
        return true;
    }

    private IEnumerable<KeyValuePair<string, string?>> Variables() =>
        (Environment ?? []).Select(
            pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : ProcessArguments.TextOf(pair.Value, Compatibility.None)));

    /// <summary>The text of a JSON text; null for anything else.</summary>
    public static string? Text(JsonNode? node) => JsonTexts.TryRead(node, out var text) ? text : null;
}

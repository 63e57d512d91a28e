using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Conformance.Tests;

/// <summary>
/// The folder of one run of a case, with its files in it. <c>{here}</c> stands for the folder <c>{server}</c> for the server's
/// address and <c>{host}</c> for its host and port, in files, arguments and expectations alike.
/// </summary>
internal sealed class CaseRoom : IDisposable
{
    private readonly CaseServer? server;

    public CaseRoom(Case @case)
    {
        server = @case.Server.Count > 0 ? new CaseServer(@case.Server) : null;
        Arguments = [.. @case.Arguments.Select(Replace)];
        if (@case.Experiment is { } experiment)
        {
            Write("experiment.json", experiment is JsonObject map
                ? Completed(map).ToJsonString(new JsonSerializerOptions { WriteIndented = true })
                : Text(experiment));
        }

        foreach (var (name, content) in @case.Files)
        {
            Write(name, Text(content));
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("conformance-").FullName;

    /// <summary>The command line of the case.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>What was asked of the server, a line a request.</summary>
    public IReadOnlyList<string> Requests => server?.Requests ?? [];

    /// <summary>The file at a path below the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Puts the places in for their names.</summary>
    public string Replace(string text) => text
        .Replace("{here}", Path, StringComparison.Ordinal)
        .Replace("{server}", server?.Address ?? "{server}", StringComparison.Ordinal)
        .Replace("{host}", server?.Host ?? "{host}", StringComparison.Ordinal);

    public void Dispose()
    {
        server?.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    // What every experiment needs and few cases are about.
    private static JsonObject Completed(JsonObject experiment)
    {
        var complete = new JsonObject();
        foreach (var (key, value) in (ReadOnlySpan<(string, JsonNode)>)[("title", "t"), ("description", "d"), ("method", new JsonArray())])
        {
            if (!experiment.ContainsKey(key))
            {
                complete[key] = value;
            }
        }

        foreach (var (key, value) in experiment)
        {
            complete[key] = value?.DeepClone();
        }

        return complete;
    }

    private static string Text(JsonNode? content) =>
        content is JsonValue value && value.TryGetValue<string>(out var text) ? text : $"{content?.ToJsonString()}";

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], Replace(content));
        if (content.StartsWith("#!", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

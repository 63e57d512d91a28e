using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Values;

/// <summary>
/// Reads <c>{"type":"file","path":…,"key":…}</c>: the text of a file without its last line break, or, with a <c>key</c>,
/// that member of the JSON object in it. A path is relative to the experiment; <c>~/</c> is the home folder.
/// </summary>
internal static class SecretFile
{
    private const int Limit = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the secret. What is expected to go wrong is a failure that does not repeat the content.</summary>
    public static ConvertedValue Read(JsonObject definition, string folder, EnvironmentVariables environment)
    {
        if (definition.Text("path") is not { Length: > 0 } path || path.Contains('\0', StringComparison.Ordinal))
        {
            return new(null, "a file secret needs the path of a file under 'path'");
        }

        if (definition["key"] is { } node && !JsonTexts.TryRead(node, out _))
        {
            return new(null, "the 'key' of a file secret must be a text");
        }

        if (path.StartsWith("~/", StringComparison.Ordinal) && environment.TryGet("HOME", out var home))
        {
            path = Path.Combine(home, path[2..]);
        }

        path = Path.Combine(folder, path);
        try
        {
            var content = ReadBounded(path);
            if (content is null)
            {
                return new(null, $"the secret file '{path}' is larger than 1 MiB");
            }

            return definition.Text("key") is { } key ? Member(content, key, path) : new(WithoutLastBreak(Utf8.GetString(content)));
        }
        catch (DecoderFallbackException)
        {
            return new(null, $"the secret file '{path}' is not UTF-8 text");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new(null, Directory.Exists(path)
                ? $"the secret file '{path}' is a folder"
                : $"the secret file cannot be read: {problem.Message}");
        }
    }

    private static byte[]? ReadBounded(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[Limit + 1];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length > Limit ? null : content[..length];
    }

    private static ConvertedValue Member(byte[] content, string key, string path)
    {
        var (value, failure) = JsonReading.Parse(content);
        if (failure is not null)
        {
            return new(null, $"the secret file '{path}' is {failure}");
        }

        return value is JsonObject map && map.TryGetPropertyValue(key, out var member)
            ? new(member?.DeepClone())
            : new(null, $"the secret file '{path}' is JSON without the key '{key}'");
    }

    private static string WithoutLastBreak(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}

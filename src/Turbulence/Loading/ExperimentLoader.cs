using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>
/// Loads an experiment from its source: a JSON or YAML file, or an http(s) URL. Whatever is wrong with the source is one
/// error in the result, never an exception.
/// </summary>
/// <param name="time">Measures the time limit of a download.</param>
public sealed class ExperimentLoader(TimeProvider time)
{
    internal const string EmptyExperiment = "an empty experiment is not an experiment";

    /// <summary>Loads <paramref name="source"/>.</summary>
    /// <param name="source">A path, relative to the folder of the options, or an http(s) URL. What exists as a path is one.</param>
    /// <param name="options">How it is fetched.</param>
    /// <param name="cancellation">Ends the loading with an <see cref="OperationCanceledException"/>.</param>
    public async Task<LoadResult> LoadAsync(string source, LoadOptions options, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = options.Folder is { } folder ? Path.Combine(folder, source) : source;
        if (FileSource.Exists(path))
        {
            var file = await FileSource.ReadAsync(path, options, cancellation);
            return Read(file, source, Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path), options);
        }

        if (SourceUrl.Scheme(source) is not { } scheme)
        {
            return Failed(source, $"Path \"{source}\" does not exist.");
        }

        if (scheme is not ("http" or "https"))
        {
            return Failed(source, UnsupportedScheme(scheme));
        }

        if (!Uri.TryCreate(source, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            return Failed(scheme + ":", "the source is not a valid URL");
        }

        var answer = await new HttpSource(options, time).ReadAsync(url, cancellation);
        return Read(answer, SourceUrl.Shown(url), options.Folder ?? Environment.CurrentDirectory, options);
    }

    internal static string UnsupportedScheme(string scheme) => $"'{scheme}' is not a supported source scheme.";

    private static LoadResult Read(SourceContent content, string name, string directory, LoadOptions options)
    {
        if (content.HasFailed)
        {
            return Failed(name, content.Failure);
        }

        var format = content.Formats[0];
        var document = Parse(format, content.Bytes);
        if (document.HasErrors && content.Formats.Count > 1)
        {
            var second = Parse(content.Formats[1], content.Bytes);
            if (second.HasErrors && options.Compatibility == Compatibility.ChaosToolkit)
            {
                return Failed(name, SourceContent.UnknownFormat);
            }

            // Of two mistakes, the one in the notation that the text begins like.
            if (!second.HasErrors || !BeginsLikeJson(content.Bytes.Span))
            {
                (format, document) = (content.Formats[1], second);
            }
        }

        if (document.HasErrors)
        {
            return new LoadResult(name, null, [.. document.Problems.Select(problem => Named(problem, format))]) { Text = content.Bytes };
        }

        return document.Map.Frame is JsonObject experiment
            ? new LoadResult(name, new LoadedExperiment(experiment, document.Map, directory, name), document.Problems)
            {
                Text = content.Bytes,
            }
            : new LoadResult(name, null, [new Problem("", document.Map.Find(DocumentPath.Root), NotAnExperiment(document.Root))]);
    }

    // The list that can be long.
    private static ParsedDocument Parse(DocumentFormat format, ReadOnlyMemory<byte> bytes) =>
        format == DocumentFormat.Json ? JsonDocumentReader.Read(bytes, late: "method") : YamlDocumentReader.Read(bytes.Span);

    private static bool BeginsLikeJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static Problem Named(Problem problem, DocumentFormat format) => problem.Severity == ProblemSeverity.Error
        ? problem with { Message = $"Failed parsing {(format == DocumentFormat.Json ? "JSON" : "YAML")} experiment: {problem.Message}" }
        : problem;

    /// <summary>What Python calls false is empty; everything else has the wrong shape.</summary>
    private static string NotAnExperiment(JsonNode? root) => root?.GetValueKind() switch
    {
        null or JsonValueKind.False => EmptyExperiment,
        JsonValueKind.Array when root.AsArray().Count == 0 => EmptyExperiment,
        JsonValueKind.String when root.GetValue<string>().Length == 0 => EmptyExperiment,
        JsonValueKind.Array => "an experiment is an object, not a list",
        JsonValueKind.String => "an experiment is an object, not a text",
        JsonValueKind.Number => "an experiment is an object, not a number",
        _ => "an experiment is an object, not a boolean",
    };

    private static LoadResult Failed(string name, string message) => new(name, null, [new Problem("", null, message)]);
}

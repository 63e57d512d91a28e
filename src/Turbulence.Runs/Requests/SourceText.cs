using System.Text.Json.Nodes;
using Turbulence.Loading;
using Turbulence.Values;

namespace Turbulence.Runs.Requests;

/// <summary>The text of an experiment, to show the place of a problem in it.</summary>
/// <param name="Text">The text, UTF-8.</param>
/// <param name="Document">What was read of it; null where it could not be read.</param>
public sealed record SourceText(ReadOnlyMemory<byte> Text, JsonObject? Document)
{
    private readonly LoadedExperiment? loaded;

    /// <summary>The text of what was loaded, whose document is made values when somebody asks for it.</summary>
    internal SourceText(LoadResult result)
        : this(result.Text, Document: null) => loaded = result.Experiment;

    /// <summary>What was read of it; null where it could not be read.</summary>
    public JsonObject? Document { get => loaded?.Document ?? field; init; } = Document;

    /// <summary>Finds the secrets that stand in clear text in it; null where it could not be read.</summary>
    internal SecretMask? Mask => (loaded?.Frame ?? Document) is { } document ? RawExperimentMask.MaskOf(document) : null;
}

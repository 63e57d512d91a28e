using Turbulence.Documents;
using YamlDotNet.Core;

namespace Turbulence.Loading;

/// <summary>
/// Says that a document is well-formed YAML, but nothing that an experiment can hold. It leaves the builder the way the
/// parser's own errors do and never leaves the reader.
/// </summary>
/// <param name="path">The way to the value.</param>
/// <param name="place">Where it begins.</param>
/// <param name="message">What is wrong with it.</param>
internal sealed class YamlRefusal(DocumentPath path, Mark place, string message) : Exception(message)
{
    public DocumentPath Path { get; } = path;

    public Mark Place { get; } = place;
}

using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>An experiment as it was written, before anybody has looked at its meaning.</summary>
/// <param name="Document">The experiment. It may still be empty; validation says so.</param>
/// <param name="Map">The place of each of its values.</param>
/// <param name="BaseDirectory">What its relative paths are relative to: the file's directory, or the current one for a URL.
/// Absolute.</param>
/// <param name="DisplayName">What people are shown as its name: the path as given, or the URL without credentials, query and
/// fragment.</param>
public sealed record LoadedExperiment(JsonObject Document, DocumentMap Map, string BaseDirectory, string DisplayName)
{
    /// <summary>
    /// The experiment. It may still be empty; validation says so. Whoever asks for it makes all of it values in memory, which a run alone
    /// does not.
    /// </summary>
    public JsonObject Document
    {
        get
        {
            Map.ReadAll();
            return Frame;
        }

        init => Frame = value;
    }

    /// <summary>The experiment, of which <see cref="DocumentMap.Unread"/> may be empty.</summary>
    internal JsonObject Frame { get; private init; } = Document;
}

using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Cli.Files;
using Turbulence.Loading;

namespace Turbulence.Cli.Wizard;

/// <summary>The file that a new experiment goes to, in the notation of its name.</summary>
internal sealed class ExperimentFile
{
    private readonly Func<JsonObject, string> notation;

    private ExperimentFile(WholeFile file, Func<JsonObject, string> notation)
    {
        File = file;
        this.notation = notation;
    }

    /// <summary>The file.</summary>
    public WholeFile File { get; }

    /// <summary>Looks whether an experiment can be written there, before anybody is asked anything.</summary>
    /// <param name="path">The file.</param>
    /// <param name="experiment">The file.</param>
    /// <param name="problem">Why not, in one line.</param>
    public static bool TryPrepare(string path, [NotNullWhen(true)] out ExperimentFile? experiment, [NotNullWhen(false)] out string? problem)
    {
        experiment = null;
        if (DocumentText.For(path) is not { } notation)
        {
            problem = $"The experiment {path} cannot be written: its name has to end with .json, .yaml or .yml";
            return false;
        }

        if (WholeFile.TryPrepare(path, "The experiment", out var file, out problem))
        {
            experiment = new ExperimentFile(file, notation);
        }

        return experiment is not null;
    }

    /// <summary>The experiment's text, and the same read back.</summary>
    public (string Text, ParsedDocument Read) Render(JsonObject experiment)
    {
        var text = notation(experiment);
        var bytes = Encoding.UTF8.GetBytes(text);
        return (text, File.Path.EndsWith(".json", StringComparison.Ordinal)
            ? JsonDocumentReader.Read(bytes)
            : YamlDocumentReader.Read(bytes));
    }
}

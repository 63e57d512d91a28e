using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Turbulence.Documents;
using Turbulence.Reports.Places;

namespace Turbulence.Reports.Formats;

/// <summary>What is wrong with experiments before they are run, as SARIF: each problem at its place.</summary>
/// <param name="Source">The file or the URL of the experiment; null where it is not about one.</param>
/// <param name="Problem">What is wrong.</param>
internal sealed record SarifProblem(string? Source, Problem Problem)
{
    private static readonly SarifRule Invalid = new(
        "experiment-invalid", "error", "The experiment cannot be run",
        "What an experiment says cannot be carried out, or means nothing: chaos validate and chaos run refuse it.");

    private static readonly SarifRule Doubtful = new(
        "experiment-doubtful", "warning", "The experiment may not do what was meant",
        "The experiment can be run, and somebody should look at this place of it.");

    /// <summary>Writes problems.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="problems">The problems.</param>
    /// <param name="version">The version of this program.</param>
    /// <param name="folder">What the files are relative to.</param>
    public static void Write(Stream target, IReadOnlyCollection<SarifProblem> problems, string version, string folder) =>
        SarifLog.Write(target, json =>
        {
            json.WriteStartObject();
            SarifLog.WriteTool(json, version, [Invalid, Doubtful]);
            json.WriteStartObject("automationDetails");
            json.WriteString("id", "turbulence/validate/");
            json.WriteEndObject();
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var problem in problems)
            {
                problem.Write(json, folder);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private void Write(Utf8JsonWriter json, string folder)
    {
        var isError = Problem.Severity == ProblemSeverity.Error;
        var rule = isError ? Invalid : Doubtful;
        var uri = Source is null || Source.Contains("://", StringComparison.Ordinal) ? Source : ExperimentPlaces.UriOf(Source, folder);
        json.WriteStartObject();
        json.WriteString("ruleId", rule.Id);
        json.WriteNumber("ruleIndex", isError ? 0 : 1);
        json.WriteString("level", rule.Level);
        SarifLog.WriteText(json, "message", Problem.Message);
        if (uri is not null)
        {
            var (line, column) = (Problem.Position?.Line ?? 1, Problem.Position?.Column);
            SarifLog.WriteLocation(json, uri, line, column, Problem.Pointer is { Length: > 0 } pointer ? pointer : null);
        }

        json.WriteStartObject("partialFingerprints");
        json.WriteString("turbulence/v1", Fingerprint(uri, rule));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Neither line nor column: the same mistake stays the same when something is written above it.
    private string Fingerprint(string? uri, SarifRule rule) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', uri, rule.Id, Problem.Pointer, Problem.Message))).AsSpan(0, 16));
}

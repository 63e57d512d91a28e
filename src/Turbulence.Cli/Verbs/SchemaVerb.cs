using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Files;
using Turbulence.Events;
using Turbulence.Journals;
using Turbulence.Runs.Schemas;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos schema</c>: the format as JSON Schema, for editors and programs.</summary>
internal static class SchemaVerb
{
    private const string Experiment = "experiment";

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "Write it into this file." };
        var of = Choice.Defaulted("--of", "Whose schema it is", Experiment, Experiment, "settings");
        var verb = new Command("schema", "Write the JSON Schema of experiments, for editors.") { output, of };
        verb.SetAction(parsed =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            if (!WorkingDirectory.TryMove(settings, outputs))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            var schema = parsed.GetValue(of) == Experiment ? FormatSchema.Experiment(around.Kinds) : FormatSchema.Settings();
            var text = JsonText.Indented(schema) + "\n";
            if (parsed.GetValue(output) is not { } path)
            {
                around.Out.Write(text);
                return ExitCode.Done;
            }

            if (!WholeFile.TryPrepare(path, "The schema", out var file, out var problem) || (problem = file.Write(text, replace: true)) is not null)
            {
                outputs.Say(NoticeLevel.Error, problem);
                return ExitCode.Failed;
            }

            return ExitCode.Done;
        });
        return verb;
    }
}

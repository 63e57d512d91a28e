using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Proxy;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos proxy decisions</c>: a log of decisions without what only one run saw, sorted, so that two runs of the same seed can be
/// compared.
/// </summary>
internal static class ProxyDecisionsVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "The file of 'serve --decisions'." };
        var verb = new Command(
            "decisions", "Write who was hit as the seed says it: without times and connections, sorted; the same for two runs of a seed.")
        {
            file,
        };
        verb.SetAction(parsed =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            if (!WorkingDirectory.TryMove(settings, outputs, isNeeded: false))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            var path = parsed.GetRequiredValue(file);
            try
            {
                var read = DecisionLines.Read(File.ReadLines(path));
                foreach (var line in read.Lines)
                {
                    around.Out.Write($"{line}\n");
                }

                around.Out.Flush();
                if (read.Unreadable > 0)
                {
                    outputs.Say(
                        NoticeLevel.Warning, PrintableText.OneLine(
                            $"{read.Unreadable} {(read.Unreadable == 1 ? "line" : "lines")} of {path} cannot be read: what they said is missing here"));
                }

                return ExitCode.Done;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                outputs.Say(NoticeLevel.Error, PrintableText.OneLine($"{path} cannot be read: {failure.Message}"));
                return ExitCode.Usage(settings.Compatibility);
            }
        });
        return verb;
    }
}

using System.CommandLine;
using System.Text;
using Turbulence.Cli.CommandLine;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos settings set KEY JSON</c>: replaces one value that is there.</summary>
internal static class SettingsSetVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var key = SettingsCall.Key();
        var value = new Argument<string>("JSON") { Description = "The value, as JSON: 5, true, '\"a text\"', '[1, 2]'." };
        var verb = new Command("set", "Replace one value that is there.") { key, value };
        verb.SetAction((parsed, _) => SettingsCall.ChangeAsync(globals.Read(parsed), around, call =>
        {
            if (call.Find(parsed.GetRequiredValue(key)) is not { } place)
            {
                return 1;
            }

            var read = JsonDocumentReader.Read(Encoding.UTF8.GetBytes(parsed.GetRequiredValue(value)));
            if (read.Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } mistake)
            {
                var code = call.Fail($"The value is not JSON: {mistake.Message} (for a shell: '\"always\"')");
                return call.IsCompatible ? code : ExitCode.Usage(Compatibility.None);
            }

            place.Set(read.Root?.DeepClone());
            return call.Save();
        }));
        return verb;
    }
}

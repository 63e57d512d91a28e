using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos settings get KEY</c>: one value, as it is.</summary>
internal static class SettingsGetVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var format = Choice.Defaulted("--format", "The notation", "yaml", "string", "json", "yaml");
        var key = SettingsCall.Key();
        var verb = new Command("get", "Show one value, secret or not.") { key, format };
        verb.SetAction((parsed, _) => SettingsCall.InvokeAsync(globals.Read(parsed), around, call =>
        {
            if (call.Find(parsed.GetRequiredValue(key)) is not { } place)
            {
                return 1;
            }

            around.Out.WriteLine(SettingsText.Of(place.Value, parsed.GetValue(format)!, call.IsCompatible));
            return ExitCode.Done;
        }));
        return verb;
    }
}

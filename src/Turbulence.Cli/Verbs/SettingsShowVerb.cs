using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Settings;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos settings show</c>: all settings, ours without their secrets.</summary>
internal static class SettingsShowVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var format = Choice.Defaulted("--format", "The notation", "yaml", "yaml", "json");
        var showSecrets = SettingsCall.ShowSecrets();
        var verb = new Command("show", "Show all settings.") { format, showSecrets };
        verb.SetAction((parsed, _) => SettingsCall.InvokeAsync(globals.Read(parsed), around, call =>
        {
            if (call.Root() is not { } root)
            {
                return 1;
            }

            var shown = call.IsCompatible || parsed.GetValue(showSecrets) ? root : SettingsMask.Apply(root);
            around.Out.WriteLine(SettingsText.Of(shown, parsed.GetValue(format)!, call.IsCompatible));
            return ExitCode.Done;
        }));
        return verb;
    }
}

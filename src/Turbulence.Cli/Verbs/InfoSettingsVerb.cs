using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Settings;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos info settings</c>: the settings' file as it is written, ours without its secrets.</summary>
internal static class InfoSettingsVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var showSecrets = SettingsCall.ShowSecrets();
        var verb = new Command("settings", "Show the settings' file.") { showSecrets };
        verb.SetAction((parsed, _) => SettingsCall.InvokeAsync(globals.Read(parsed), around, call =>
        {
            if (!call.Reading.Exists)
            {
                around.Out.WriteLine($"No settings file found at {call.File.Path}");
                return ExitCode.Done;
            }

            if (call.IsCompatible || parsed.GetValue(showSecrets))
            {
                around.Out.WriteLine(call.Reading.Text);
                return ExitCode.Done;
            }

            // What cannot be read cannot be told from a secret either.
            if (call.Reading.Root is not { } root)
            {
                return call.Fail($"{call.Reading.Failure}; --show-secrets shows the file as it is");
            }

            around.Out.WriteLine(SettingsMask.Apply(call.Reading.Text, root).TrimEnd('\n'));
            return ExitCode.Done;
        }));
        return verb;
    }
}

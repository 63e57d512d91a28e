using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos settings remove KEY</c>: takes one value out.</summary>
internal static class SettingsRemoveVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var key = SettingsCall.Key();
        var verb = new Command("remove", "Take one value out, with everything below it.") { key };
        verb.SetAction((parsed, _) => SettingsCall.ChangeAsync(globals.Read(parsed), around, call =>
        {
            if (call.Find(parsed.GetRequiredValue(key)) is not { } place)
            {
                return 1;
            }

            place.Remove();
            return call.Save();
        }));
        return verb;
    }
}

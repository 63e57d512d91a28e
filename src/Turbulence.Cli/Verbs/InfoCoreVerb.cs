using System.CommandLine;
using System.Reflection;
using Turbulence.Cli.CommandLine;
using Turbulence.Running;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos info core</c>: the versions, in the reference's table.</summary>
internal static class InfoCoreVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(Surroundings around)
    {
        var verb = new Command("core", "Show the versions of the command and the engine.");
        verb.SetAction(_ =>
        {
            foreach (var (name, version) in (ReadOnlySpan<(string, string)>)[
                ("NAME", "VERSION"), ("CLI", ProgramVersion.Text), ("Core library", Engine),
            ])
            {
                around.Out.WriteLine($"{name,-20}{version,-10}");
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static string Engine =>
        typeof(ExperimentRunner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}

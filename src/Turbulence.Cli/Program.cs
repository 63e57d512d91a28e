using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Terminal;
using Turbulence.Faults.Stress;

// The child process of a stress fault: this program again, and no command of people's.
if (args is [StressProgram.Verb, .. var stress])
{
    return StressProgram.Run(stress);
}

await using var error = new PatientWriter(Console.Error, TimeProvider.System, TimeSpan.FromSeconds(2));
return await ChaosCommand.InvokeAsync(args, new Surroundings(Console.Out, error, LiveTerminal.IsAvailable(), TimeProvider.System));

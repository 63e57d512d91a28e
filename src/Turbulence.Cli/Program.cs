using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Terminal;
using Turbulence.Faults;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Stress;

// What this program starts of itself, and no command of people's. Before anything of the console is made: a guardian has to fit beside what uses up all memory.
if (GuardCommand.IsAsked(args, out var run))
{
    return await GuardCommand.RunAsync(new Ledger(StateFolder.Find()), run, FaultKinds.BuiltIn, SelfCommand.Find(), TimeProvider.System);
}

if (args is [StressProgram.Verb, .. var stress])
{
    return StressProgram.Run(stress);
}

await using var error = new PatientWriter(Console.Error, TimeProvider.System, TimeSpan.FromSeconds(2));
return await ChaosCommand.InvokeAsync(args, new Surroundings(Console.Out, error, LiveTerminal.IsAvailable(), TimeProvider.System));

using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Terminal;
using Turbulence.Faults;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;

if (GuardCommand.IsAsked(args, out var run))
{
    // Before anything of the console is made: a guardian has to fit beside what uses up all memory.
    return await GuardCommand.RunAsync(new Ledger(StateFolder.Find()), run, FaultKinds.BuiltIn, SelfCommand.Find(), TimeProvider.System);
}

await using var error = new PatientWriter(Console.Error, TimeProvider.System, TimeSpan.FromSeconds(2));
return await ChaosCommand.InvokeAsync(args, new Surroundings(Console.Out, error, LiveTerminal.IsAvailable(), TimeProvider.System));

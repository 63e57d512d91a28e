using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Terminal;

return await ChaosCommand.InvokeAsync(args, new Surroundings(Console.Out, Console.Error, LiveTerminal.IsAvailable(), TimeProvider.System));

using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Terminal;

await using var error = new PatientWriter(Console.Error, TimeProvider.System, TimeSpan.FromSeconds(2));
return await ChaosCommand.InvokeAsync(args, new Surroundings(Console.Out, error, LiveTerminal.IsAvailable(), TimeProvider.System)
{
    Ask = QuestionTerminal.IsAvailable() ? () => QuestionTerminal.Open(error) : null,
});

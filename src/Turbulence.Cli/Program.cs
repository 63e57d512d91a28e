using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Faults;
using Turbulence.Platform.Processes;

// Before anything else is loaded.
if (OpenFilesLimit.IsTooLow("chaos"))
{
    return ExitCode.InternalError;
}

return await ChaosProgram.RunAsync(args, BuiltInKinds.All);

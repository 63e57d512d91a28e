using Turbulence.Cli;
using Turbulence.Faults;

return await ChaosProgram.RunAsync(args, FaultKinds.BuiltIn);

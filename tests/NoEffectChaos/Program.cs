using NoEffectChaos;
using Turbulence.Cli;
using Turbulence.Faults;

return await ChaosProgram.RunAsync(args, new FaultKinds(FaultKinds.BuiltIn.All.Select(kind => new NoEffectKind(kind))));

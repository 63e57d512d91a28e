using NoEffectChaos;
using Turbulence.Cli;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;

return await ChaosProgram.RunAsync(args, new FaultKinds(BuiltInKinds.All.All.Select(kind => new NoEffectKind(kind))));

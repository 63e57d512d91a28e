using RandomNumbers.RequireRand;
using RandomNumbers.ServiceProcess;

return await ServiceProgram.RunAsync(args, IndexArguments.Usage, IndexArguments.Configure);

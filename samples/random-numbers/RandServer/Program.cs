using RandomNumbers.RandServer;
using RandomNumbers.ServiceProcess;

return await ServiceProgram.RunAsync(args, DrawArguments.Usage, DrawArguments.Configure);

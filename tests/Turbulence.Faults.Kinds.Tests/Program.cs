using System.Runtime.Versioning;
using Turbulence.Faults.Kinds.Tests;
using Turbulence.Faults.Stress;
using Turbulence.Faults.SystemCalls;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

[assembly: SupportedOSPlatform("linux")]

return args switch
{
    ["stress", .. var rest] => StressProgram.Run(rest),
    ["syscalls", .. var rest] => TracerProgram.Run(rest),
    ["spawn", var fifo] => Spawner.Run(fifo),
    ["fault", var step] => await OtherProcess.RunAsync(step),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};

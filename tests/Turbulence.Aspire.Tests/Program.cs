using Turbulence.Aspire.Tests;
using Turbulence.Aspire.Tests.Hosts;
using Turbulence.Runs.Requests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What the package brings along for an AppHost.
Environment.SetEnvironmentVariable(ChaosProgram.Variable, BuiltProgram.Shipped("Turbulence.Cli", "chaos"));

// With a first argument of its own this program is the AppHost of a test, in a process that can be killed.
return args switch
{
    [HurtHost.Word, .. var rest] => await HurtHost.RunAsync(rest),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};

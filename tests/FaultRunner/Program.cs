using System.Text.Json.Nodes;
using FaultRunner;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Faults.Stress;
using Turbulence.Faults.SystemCalls;

// fault-runner run KIND ARGUMENTS [DURATION [JOURNAL]]   puts a fault in, says so, waits for the end of its input, takes everything back
// fault-runner recover                                   what any chaos run does first
// fault-runner measure KIND ARGUMENTS ROUNDS             what a fault costs until its undo is on the disk
// fault-runner guard RUN, fault-runner stress|syscalls …  what the first starts
if (args is [StressProgram.Verb, .. var stress])
{
    return StressProgram.Run(stress);
}

if (args is [TracerProgram.Verb, .. var syscalls])
{
    return TracerProgram.Run(syscalls);
}

var kinds = new FaultKinds([.. BuiltInKinds.All.All, new FileKind()]);
var self = SelfCommand.Find();
var role = GuardCommand.IsAsked(args, out var run) ? "GUARDIAN" : args[0] == "recover" ? "RECOVERY" : "RUNNER";
var ledger = new Ledger(StateFolder.Find(), CrashingFiles.For(role, StateFolder.Find()));
if (run is not null)
{
    return await GuardCommand.RunAsync(ledger, run, kinds, self, TimeProvider.System);
}

if (role == "RECOVERY")
{
    var result = await new Recovery(ledger, new FaultReversal(ledger, kinds, self, TimeProvider.System)).RunAsync();
    foreach (var left in result.Left)
    {
        Console.WriteLine(left);
    }

    return result.IsClean ? 0 : 5;
}

if (args[0] == "measure")
{
    return kinds.TryGet(args[1], out var kind)
        ? await new Measure(ledger).RunAsync(
            kind, JsonNode.Parse(args[2])!.AsObject(), int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture))
        : 64;
}

return await new RunnerPart(ledger, kinds, self).PlayAsync(
    args[1],
    JsonNode.Parse(args[2])!.AsObject(),
    args.Length > 3 ? double.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : 0,
    args.Length > 4 ? args[4] : null);

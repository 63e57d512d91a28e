using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Stress;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds;

/// <summary><c>stress.cpu</c>: keeps cores busy for a share of their time.</summary>
internal sealed class StressCpu : StressKind
{
    private const int Windows = 6;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    public override FaultKindDescription Description { get; } = new(
        "stress.cpu",
        "keeps processor cores busy",
        [
            new("cores", ArgumentType.Integer, "how many cores, at most those of the machine") { Least = 1, DefaultText = "all" },
            new("share", ArgumentType.Share, "the share of each core's time") { Least = 0.01m, Default = "1" },
        ])
    {
        LongestDuration = StressProgram.Longest,
    };

    protected override StressPlan Read(ArgumentReader arguments, FaultRequest request)
    {
        var cores = arguments.Has("cores") ? arguments.Integer("cores") : Environment.ProcessorCount;
        var share = arguments.Number("share");
        if (cores > Environment.ProcessorCount)
        {
            arguments.Refuse(
                $"the argument 'cores' of stress.cpu must be a whole number from 1 to {Environment.ProcessorCount}, not {cores}: this machine has no more");
        }

        return new StressPlan(
            new FaultTarget("cpu", $"{cores} of {Environment.ProcessorCount} processor cores"),
            string.Create(CultureInfo.InvariantCulture, $"{share:0.##} of the time of {cores} processor cores"),
            ("cores", cores.ToString(CultureInfo.InvariantCulture)),
            ("share", share.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>
    /// The child must burn most of what was asked. Where others leave it less, the machine has no idle time left, which is what the stress
    /// is for.
    /// </summary>
    protected override async Task<Evidence> LookAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken)
    {
        // One short window may fall together with a burst of others' work.
        var evidence = await LookOnceAsync(record, child, time, cancellationToken);
        for (var window = 1; window < Windows && !evidence.Seen; window++)
        {
            evidence = await LookOnceAsync(record, child, time, cancellationToken);
        }

        return evidence;
    }

    private static async Task<Evidence> LookOnceAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken)
    {
        const double Most = 0.7;
        const double NoIdle = 0.1;
        var asked = ToldNumber(record, "cores") * double.Parse(Told(record, "share"), CultureInfo.InvariantCulture);
        var begun = time.GetTimestamp();
        var before = ProcessUsage.Read(child)?.ProcessorTime;
        var idleBefore = IdleTime();
        await Task.Delay(Window, time, cancellationToken);
        var after = ProcessUsage.Read(child)?.ProcessorTime;
        var seconds = time.GetElapsedTime(begun).TotalSeconds;
        var idle = (IdleTime() - idleBefore) / (seconds * Environment.ProcessorCount);
        if (after - before is not { } burnt)
        {
            return new Evidence(false, $"its child process {child} does not run");
        }

        var cores = burnt.TotalSeconds / seconds;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"process {child} burns {cores:0.00} cores of {asked:0.##} asked, and {Math.Clamp(idle, 0, 1):0 %} of the machine's time is idle");
        return new Evidence(cores >= asked * Most || (cores > 0.05 && idle < NoIdle), text);
    }

    /// <summary>
    /// The seconds that all cores together had nothing to do: the fourth number of <c>/proc/stat</c>'s first line, in hundredths.
    /// </summary>
    private static double IdleTime() =>
        ProcText.Read("/proc/stat")?.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var idle, ..]
            ? double.Parse(idle, CultureInfo.InvariantCulture) / 100
            : 0;
}

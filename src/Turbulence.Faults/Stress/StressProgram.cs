using System.Diagnostics;
using System.Globalization;
using System.Text;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Stress;

/// <summary>
/// The hidden verb <c>stress</c>: this program as the child process that a stress fault lives in. It waits for one line on its standard
/// input, which comes when its id is on disk, takes what it is to take, says <c>ready</c> or what is wrong on its standard output, and
/// holds on to it until its time is over. It needs nobody to end: neither a runner nor a guardian. When the line never comes, because the
/// runner has died, it ends at once.
/// </summary>
public static class StressProgram
{
    /// <summary>The verb, as the first argument of the program.</summary>
    public const string Verb = "stress";

    /// <summary>Whatever is asked for, no stress lasts longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int Failed = 1;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether the arguments of the program are those of a stress child; what a person types by mistake is not.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments) =>
        arguments is [Verb, _, ..] && arguments.Any(argument => argument.StartsWith("seconds=", StringComparison.Ordinal));

    /// <summary>Runs the child to its end.</summary>
    /// <param name="arguments">The arguments after the verb: the load's name, then <c>name=value</c> each.</param>
    /// <returns>The exit code: 0 when the time was over, 1 when the load could not be taken.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        OfferToOutOfMemoryKiller();
        if (Console.In.ReadLine() is null)
        {
            return 0;
        }

        var begun = Stopwatch.GetTimestamp();
        var values = arguments.Skip(1).Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[^1]);
        var lease = TimeSpan.FromSeconds(double.Parse(values["seconds"], CultureInfo.InvariantCulture));
        lease = lease < Longest ? lease : Longest;
        using var load = Make(arguments[0], values);
        var problem = load.Start();
        Say(problem ?? FaultChild.Ready);
        if (problem is not null)
        {
            return Failed;
        }

        while (Stopwatch.GetElapsedTime(begun) < lease)
        {
            Thread.Sleep(Beat);
            load.Watch();
        }

        return 0;
    }

    private static IStressLoad Make(string name, Dictionary<string, string> values) => name switch
    {
        "cpu" => new ProcessorLoad((int)Number(values, "cores"), Share(values)),
        "memory" => new MemoryLoad(Number(values, "bytes"), values["limit"] == "true"),
        "disk" => new DiskLoad(values["folder"], values["name"], Number(values, "bytes"), Number(values, "free")),
        "io" => new WriteLoad(values["folder"], values["name"], Number(values, "bytes")),
        "fd" => new DescriptorLoad((int)Number(values, "count")),
        "threads" => new ThreadLoad((int)Number(values, "count")),
        _ => throw new ArgumentException($"There is no stress '{name}'.", nameof(name)),
    };

    private static long Number(Dictionary<string, string> values, string name) => long.Parse(values[name], CultureInfo.InvariantCulture);

    private static double Share(Dictionary<string, string> values) => double.Parse(values["share"], CultureInfo.InvariantCulture);

    /// <summary>When memory runs out, the kernel is to take this child before anything else.</summary>
    private static void OfferToOutOfMemoryKiller() => ProcText.TryWrite("/proc/self/oom_score_adj", "1000");

    private static void Say(string line)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n"));
        }
        catch (IOException)
        {
            // Nobody listens any more; the guardian looks at the system itself.
        }
    }
}

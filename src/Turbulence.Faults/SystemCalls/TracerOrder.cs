using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.SystemCalls;

/// <summary>What the child is told that keeps <c>strace</c>.</summary>
internal sealed record TracerOrder
{
    /// <summary>With whose end it ends; 0 for nobody.</summary>
    public required ProcessIdentity Runner { get; init; }

    /// <summary>How long it stays at most.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>The processes that strace is to have.</summary>
    public required IReadOnlyList<int> Targets { get; init; }

    /// <summary>The command line that starts this program again.</summary>
    public required IReadOnlyList<string> Self { get; init; }

    /// <summary>The file of strace.</summary>
    public required string Program { get; init; }

    /// <summary>The arguments of strace.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>As it stands on the child's command line.</summary>
    public IEnumerable<string> Arguments =>
    [
        string.Create(CultureInfo.InvariantCulture, $"runner={Runner.Id}:{Runner.StartTime}"),
        string.Create(CultureInfo.InvariantCulture, $"seconds={Lease.TotalSeconds}"),
        $"targets={string.Join(',', Targets)}",
        .. Self.Select(word => $"self={word}"),
        $"program={Program}",
        .. Options.Select(word => $"option={word}"),
    ];

    /// <summary>Reads it from there.</summary>
    public static TracerOrder Of(IEnumerable<string> arguments)
    {
        var values = arguments.Select(argument => argument.Split('=', 2)).ToLookup(parts => parts[0], parts => parts[^1]);
        var runner = values["runner"].Single().Split(':');
        return new TracerOrder
        {
            Runner = new ProcessIdentity(
                int.Parse(runner[0], CultureInfo.InvariantCulture), long.Parse(runner[1], CultureInfo.InvariantCulture)),
            Lease = TimeSpan.FromSeconds(double.Parse(values["seconds"].Single(), CultureInfo.InvariantCulture)),
            Targets = [.. values["targets"].Single().Split(',').Select(id => int.Parse(id, CultureInfo.InvariantCulture))],
            Self = [.. values["self"]],
            Program = values["program"].Single(),
            Options = [.. values["option"]],
        };
    }
}

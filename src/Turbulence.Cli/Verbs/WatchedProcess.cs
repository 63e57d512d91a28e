using System.CommandLine;
using System.Globalization;
using Turbulence.Cli.CommandLine;
using Turbulence.Faults.Residents;

namespace Turbulence.Cli.Verbs;

/// <summary>The options by which a running .NET process is named and watched.</summary>
internal sealed class WatchedProcess
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(5);

    /// <summary><c>--pid</c>.</summary>
    public Option<int?> Id { get; } = new("--pid")
    {
        HelpName = "N",
        Description = "Watch the .NET process with this id.",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            {
                return id;
            }

            result.AddError($"'{text}' is not a value for --pid; it takes a process id");
            return null;
        },
    };

    /// <summary><c>--for</c>.</summary>
    public Option<TimeSpan?> Length { get; } = Choice.Seconds("--for", "Watch for so long. Default: 5; Ctrl-C ends it earlier.");

    /// <summary>Watches, and shows each second what was seen so far.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="length">How long; null for the default.</param>
    /// <param name="time">The clock.</param>
    /// <param name="show">Shows it: what was seen, and after how long.</param>
    /// <param name="stopping">Ends it earlier, which is no mistake.</param>
    /// <returns>What was seen, or why that is not known, in one line.</returns>
    public static async Task<(IReadOnlyList<SeenOperation>? Seen, TimeSpan Watched, string? Problem)> WatchAsync(
        SpanWatch watch,
        TimeSpan? length,
        TimeProvider time,
        Action<IReadOnlyList<SeenOperation>, TimeSpan> show,
        CancellationToken stopping)
    {
        var begun = time.GetTimestamp();
        var end = length ?? Default;
        while (time.GetElapsedTime(begun) < end && !stopping.IsCancellationRequested)
        {
            var left = end - time.GetElapsedTime(begun);
            var pause = left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (seen, problem) = await watch.ReadAsync(CancellationToken.None);
            if (seen is null)
            {
                return (null, time.GetElapsedTime(begun), problem);
            }

            show(seen, time.GetElapsedTime(begun));
        }

        var (all, lost) = await watch.ReadAsync(CancellationToken.None);
        return (all, time.GetElapsedTime(begun), lost);
    }
}

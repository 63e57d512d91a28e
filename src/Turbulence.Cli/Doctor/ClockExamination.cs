using System.Globalization;

namespace Turbulence.Cli.Doctor;

/// <summary>The clocks: what journals say, and what durations are measured with.</summary>
/// <param name="time">The clock.</param>
internal sealed class ClockExamination(TimeProvider time) : IExamination
{
    // No program of this version was there before.
    private static readonly DateTimeOffset Built = new(2025, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public string Subject => "clock";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var text = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC, zone {time.LocalTimeZone.Id}");
        if (now < Built)
        {
            return
            [
                Finding.Broken(
                    Subject, $"it says {text}, which is past: certificates fail, and journals mislead; set it (timedatectl set-ntp true)"),
            ];
        }

        var begun = time.GetTimestamp();
        await Task.Delay(TimeSpan.FromMilliseconds(10), time, stop);
        var late = time.GetElapsedTime(begun).TotalMilliseconds - 10;
        return
        [
            Finding.Ok(Subject, string.Create(
                CultureInfo.InvariantCulture,
                $"{text}; a wait of 10 ms took {late:0.0} ms more{(late > 50 ? ": this machine is too busy to be measured on" : "")}")),
        ];
    }
}

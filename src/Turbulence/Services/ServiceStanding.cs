namespace Turbulence.Services;

/// <summary>A service that was there when the method could begin, and has to be there when the run ends.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Started">The process that this run started; null where it was adopted.</param>
/// <param name="Adopted">Who was there already, in words; null where this run started it.</param>
internal sealed record ServiceStanding(ServiceDefinition Definition, SupervisedService? Started, string? Adopted)
{
    /// <summary>Looks whether it is there.</summary>
    /// <param name="readiness">Asks it.</param>
    /// <param name="patience">How long it may take to be back.</param>
    /// <param name="time">Measures that.</param>
    /// <returns>Null when it is; otherwise what is there instead.</returns>
    public async Task<string?> LostAsync(ServiceReadiness readiness, TimeSpan patience, TimeProvider time)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var line = await NowAsync(readiness);
            if (line is null || time.GetElapsedTime(begun) >= patience)
            {
                return line;
            }

            await Task.Delay(ServiceReadiness.Gap, time);
        }
    }

    private async Task<string?> NowAsync(ServiceReadiness readiness)
    {
        // A line that has come once says nothing of now, and a command may be answered by somebody else: the process has to live.
        if (Definition.Ready is null or LineReadiness or CommandReadiness && Started is { Lives: false })
        {
            return $"{await Started.EndingAsync()}, and nobody started it again";
        }

        if (Definition.Ready is null or LineReadiness)
        {
            return null;
        }

        if (await Definition.Ready.AskAsync(readiness, Started, CancellationToken.None) is not { } answer)
        {
            return null;
        }

        var ending = Started is null ? null : await Started.EndingAsync();
        return $"{Definition.Ready.Place ?? Definition.Ready.Lack}: {answer}{(ending is null ? "" : $"; {ending}")}";
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>Where one process is entered for one fault, as it stands in the fault's record.</summary>
/// <param name="Process">The process.</param>
/// <param name="Channel">Its diagnostics channel, as we see it.</param>
/// <param name="Token">What the resident is told by.</param>
/// <param name="Folders">The folders that the fault may have in it; it has one of them.</param>
internal sealed record ResidentPlace(ProcessIdentity Process, string Channel, string Token, IReadOnlyList<ResidentFolder> Folders)
{
    public ResidentPlace(DotNetTarget target, string fault, string token)
        : this(
            target.Process,
            target.Channel,
            token,
            [.. target.Places.Select(place => new ResidentFolder(
                target.Root, string.Create(CultureInfo.InvariantCulture, $"{place.TrimEnd('/')}/turbulence-{target.InnerId}-{fault}")))])
    {
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BeginPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(5);

    /// <summary>Those of a fault.</summary>
    /// <exception cref="UnreadableUndoException">The record does not say.</exception>
    public static IReadOnlyList<ResidentPlace> All(FaultRecord record) =>
        UndoJson.Read(() => record.Undo["places"]!.AsArray()) is { Count: > 0 } places
            ? [.. places.Select(Read)]
            : throw new UnreadableUndoException("it names no process");

    public JsonNode ToJson() => new JsonObject
    {
        ["process"] = UndoJson.Write(Process),
        ["channel"] = Channel,
        ["token"] = Token,
        ["root"] = Folders[0].Root,
        ["folders"] = new JsonArray([.. Folders.Select(folder => (JsonNode?)folder.Inner)]),
    };

    /// <summary>Its resident, in one of its folders.</summary>
    public ResidentDoor DoorOf(ResidentFolder folder, TimeProvider time) => new(folder.Door, Token, Process, time);

    /// <summary>Gives its resident an order that is one word.</summary>
    public Task<DoorAnswer> AskAsync(string verb, TimeProvider time, CancellationToken cancellationToken) =>
        Folders.FirstOrDefault(folder => folder.Exists) is { } folder
            ? DoorOf(folder, time).AskAsync(new JsonObject { ["do"] = verb }, cancellationToken)
            : Task.FromResult(DoorAnswer.NoDoor);

    /// <summary>Lets the runtime load the resident, and gives that its order.</summary>
    /// <param name="kind">What it is to do, by its wire name.</param>
    /// <param name="spec">How.</param>
    /// <param name="time">Measures the limit.</param>
    /// <param name="cancellationToken">Ends the work; what was done by then is to be left.</param>
    /// <returns>Why it does not, in one line; null where it does.</returns>
    public async Task<string?> EnterAsync(string kind, JsonObject spec, TimeProvider time, CancellationToken cancellationToken)
    {
        if (DotNetTarget.Unready(Process.Id) is { } unready)
        {
            return $"process {Process.Id} {unready}";
        }

        List<string> problems = [];
        foreach (var folder in Folders)
        {
            if (TryMake(folder) is { } unmade)
            {
                problems.Add(unmade);
                continue;
            }

            var problem = await EnterByAsync(folder, kind, spec, time, cancellationToken);
            if (problem is null || !folder.IsUnread || folder.IsAsked)
            {
                return problem;
            }

            // It looks elsewhere, as a program does that has changed its TMPDIR since it began.
            problems.Add($"it does not look into {folder.Inner}");
            folder.Remove();
        }

        return $"there is no folder that process {Process.Id} could be entered by: {string.Join("; ", problems)}";
    }

    private string? TryMake(ResidentFolder folder)
    {
        try
        {
            folder.Make(Token, Process);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            folder.Remove();
            return failure.Message.TrimEnd('.');
        }
    }

    private async Task<string?> EnterByAsync(
        ResidentFolder folder, string kind, JsonObject spec, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (await new DiagnosticsChannel(Channel, Process).LoadAsync(folder.InnerAssembly, both.Token) is { } unloaded)
            {
                return $"process {Process.Id}: {unloaded}";
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"process {Process.Id} has not said within {Patience.TotalSeconds:0} s that it has loaded what works inside";
        }

        if (!await HasLoadedAsync(folder, time, cancellationToken))
        {
            folder.Answered();
            folder.Withdraw();
            return $"process {Process.Id} {DotNetTarget.WithoutHooks}";
        }

        folder.Answered();
        var answer = await DoorOf(folder, time).AskAsync(
            new JsonObject { ["do"] = "put", ["kind"] = kind, ["spec"] = spec.DeepClone() }, cancellationToken);
        return answer.IsGone
            ? $"process {Process.Id} has loaded what works inside, and that could not open its socket in {folder.Inner}: "
                + "the process may be out of open files, or may not write there"
            : answer.Problem is { } refused ? $"process {Process.Id}: {refused}" : null;
    }

    /// <summary>Lets the resident let go, and removes what there is of it.</summary>
    /// <returns>Why something may still be in, in one line; null where nothing is.</returns>
    public async Task<string?> LeaveAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        string? problem = null;
        foreach (var folder in Folders.Where(static folder => folder.Exists))
        {
            problem ??= await LeaveAsync(folder, time, cancellationToken);
        }

        return problem;
    }

    private async Task<string?> LeaveAsync(ResidentFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        folder.Withdraw();
        if (!Process.IsAlive)
        {
            return folder.Remove();
        }

        // A runtime that was told to load the assembly must find it; what is loaded without a token opens nothing.
        await Until.TrueAsync(
            LoadPatience, time, cancellationToken, () => !folder.IsAsked || !Process.IsAlive || File.Exists(folder.Door));
        var answer = await DoorOf(folder, time).AskAsync(new JsonObject { ["do"] = "take" }, cancellationToken);
        return !Process.IsAlive || !folder.Exists ? folder.Remove()
            : answer is { IsGone: false, Problem: { } refused } ? refused
            : folder.IsAsked && !await HasDoneAsync(folder, time, cancellationToken)
                ? $"process {Process.Id} was told to load {folder.InnerAssembly} and has not said that it has, so that the file has to stay: "
                    + "nothing is in, and nothing will be. Let the process go on, or end it"
            : folder.Remove();
    }

    // A runtime that was told in the last moment before its program begins loads it in the next one; one without hooks never does.
    private Task<bool> HasLoadedAsync(ResidentFolder folder, TimeProvider time, CancellationToken cancellationToken) => Until.TrueAsync(
        BeginPatience,
        time,
        cancellationToken,
        () => File.Exists(folder.Door) || DotNetTarget.HasLoaded(Process.Id, ResidentAssembly.FileName) || !Process.IsAlive);

    // Its runtime answers one after the other: when it answers at all, it has done what it was told before.
    private async Task<bool> HasDoneAsync(ResidentFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LoadPatience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var isDone = (await new DiagnosticsChannel(Channel, Process).AskAsync(both.Token)).Problem is null;
            await HasLoadedAsync(folder, time, cancellationToken);
            return isDone;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return !Process.IsAlive;
        }
    }

    private static ResidentPlace Read(JsonNode? json) => UndoJson.Read(() => new ResidentPlace(
        UndoJson.Process(json!["process"]),
        json["channel"]!.GetValue<string>(),
        json["token"]!.GetValue<string>(),
        [.. json["folders"]!.AsArray().Select(folder => new ResidentFolder(json["root"]!.GetValue<string>(), folder!.GetValue<string>()))]));
}

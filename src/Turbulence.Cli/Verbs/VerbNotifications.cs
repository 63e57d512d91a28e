using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Notifications;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// Tells the channels of the settings what a verb does (section 10.3). The reference also says <c>run-completed</c> of runs that deviated
/// or never began, and nothing of those that were refused; ours says exactly one thing at the end, and it is what happened.
/// </summary>
internal sealed class VerbNotifications : IAsyncDisposable
{
    private readonly Outputs outputs;
    private readonly string phase;
    private readonly bool compatible;
    private readonly Notifier notifier;
    private readonly RunStop? stop;
    private ReadOnlyMemory<byte> payload;
    private bool isOpen;

    /// <summary>Makes the channels and says what is wrong with them.</summary>
    /// <param name="outputs">Where it is said; not while a run speaks.</param>
    /// <param name="settings">Whose rules apply.</param>
    /// <param name="phase">The verb: <c>run</c>, <c>validate</c>, <c>init</c> or <c>discovery</c>.</param>
    /// <param name="folder">The settings' folder.</param>
    /// <param name="declarations">The settings' <c>notifications</c>; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Where others ask the verb to stop; null where signals end it anyway.</param>
    public VerbNotifications(
        Outputs outputs,
        GlobalSettings settings,
        string phase,
        string folder,
        JsonArray? declarations,
        TimeProvider time,
        RunStop? stop = null)
    {
        this.outputs = outputs;
        this.stop = stop;
        this.phase = phase;
        compatible = settings.Compatibility == Compatibility.ChaosToolkit;
        var reader = new ChannelReader(folder, settings.Compatibility, time, warning => outputs.Say(NoticeLevel.Warning, warning));
        notifier = new Notifier(reader.Read(declarations), compatible, time);
    }

    /// <summary>
    /// The verb knows what it works on: <c>run-started</c>, <c>validate-started</c>, <c>init-started</c>, <c>discovery-started</c>.
    /// </summary>
    /// <param name="subject"> Gives the experiment, whose inline secrets are not sent; the package that is discovered; null where there is
    /// nothing yet. Called where a channel wants to know.
    /// </param>
    public async ValueTask StartedAsync(Func<JsonNode?> subject)
    {
        isOpen = true;
        Take(subject);

        // Who asks the verb to stop does not ask for whoever reads slowly.
        await SendAsync("started", payload, goOn: stop?.Run ?? CancellationToken.None);
    }

    /// <summary>The experiment is valid.</summary>
    public async ValueTask ValidatedAsync()
    {
        isOpen = false;
        await SendAsync("completed", payload);
    }

    /// <summary>The verb has made what it was asked for.</summary>
    /// <param name="document">The experiment, or the discovery document.</param>
    public ValueTask CompletedAsync(JsonObject document)
    {
        Take(() => document);
        return ValidatedAsync();
    }

    /// <summary>The package cannot be discovered.</summary>
    /// <param name="problem">Why.</param>
    public async ValueTask FailedAsync(string problem)
    {
        isOpen = false;
        await SendAsync("failed", payload, compatible ? Raised("DiscoveryFailed", problem) : problem);
    }

    /// <summary>The experiment is not valid.</summary>
    /// <param name="error">The first mistake; null where validation did not come that far.</param>
    public async ValueTask RefusedAsync(Problem? error)
    {
        var wasOpen = isOpen;
        isOpen = false;

        // The reference says nothing of a run that fails validation.
        if (wasOpen && (phase == "validate" || !compatible))
        {
            await SendAsync("failed", phase is "validate" or "discovery" ? payload : default, error is null ? Nothing : Rendered(error));
        }
    }

    /// <summary>The run is over.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="journalPath">The journal's file; it is complete.</param>
    public async ValueTask EndedAsync(RunOutcome outcome, string journalPath)
    {
        isOpen = false;
        MayBeCutOff();
        foreach (var name in Names(outcome))
        {
            if (notifier.Wants($"{phase}-{name}"))
            {
                await SendAsync(name, await JournalAsync(journalPath), null, compatible ? null : Ours(outcome));
            }
        }
    }

    /// <summary>Waits for the channels, within limits, and says which of them could not be told.</summary>
    public async ValueTask DisposeAsync()
    {
        MayBeCutOff();
        await RefusedAsync(null);
        var failures = await notifier.CompleteAsync();
        if (stop is not null)
        {
            stop.Requested -= GiveUp;
        }

        foreach (var failure in failures)
        {
            outputs.Say(compatible ? NoticeLevel.Debug : NoticeLevel.Warning, failure);
        }

        notifier.Dispose();
    }

    // From here on a request to stop means the waiting. One that came before has ended the run, and is not held against the channels.
    private void MayBeCutOff()
    {
        if (stop is not null)
        {
            stop.Requested -= GiveUp;
            stop.Requested += GiveUp;
        }
    }

    private void GiveUp(Interruption interruption, int number) => notifier.GiveUp();

    private string Nothing => phase is "init" or "discovery" ? "nothing was written" : "nothing was run";

    private void Take(Func<JsonNode?> subject)
    {
        payload = EventNames.All.Any(notifier.Wants) && subject() is { } told
            ? Encoding.UTF8.GetBytes((told is JsonObject document ? RawExperimentMask.Apply(document) : told).ToJsonString())
            : default;
    }

    private IEnumerable<string> Names(RunOutcome outcome)
    {
        if (!compatible)
        {
            yield return outcome.Verdict switch
            {
                Verdict.Passed or Verdict.Dry when !outcome.NeedsAPerson => "completed",
                Verdict.Deviated => "deviated",
                _ => "failed",
            };
            yield break;
        }

        yield return outcome.Status == RunStatus.Completed ? "completed" : "failed";
        if (outcome.Deviated)
        {
            yield return "deviated";
        }
    }

    private static JsonObject Ours(RunOutcome outcome) => new()
    {
        ["verdict"] = outcome.Word,
        ["exit_code"] = outcome.ExitCode,
        ["reasons"] = new JsonArray([.. outcome.Reasons.Select(reason => JsonValue.Create(reason))]),
    };

    private string Rendered(Problem problem)
    {
        if (!compatible)
        {
            return problem.Message;
        }

        var kind = problem.Pointer.Split('/') switch
        {
            [_, "method" or "rollbacks", _, ..] or [_, "steady-state-hypothesis", "probes", _, ..] => "InvalidActivity",
            [.., "controls", _] or [.., "controls", _, _] => "InvalidControl",
            _ => "InvalidExperiment",
        };
        return Raised(kind, problem.Message);
    }

    private static string Raised(string kind, string message) => $"An exception was raised: {kind}({PythonText.Representation(message)})";

    private async ValueTask<ReadOnlyMemory<byte>> JournalAsync(string path)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path);
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 1000 });

            // On one line: a program may read its input line by line.
            var compact = new ArrayBufferWriter<byte>(bytes.Length);
            await using (var writer = new Utf8JsonWriter(
                compact, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 }))
            {
                document.WriteTo(writer);
            }

            return compact.WrittenMemory;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            outputs.Say(NoticeLevel.Warning, $"The journal {path} cannot be read, so notifications go without it: {problem.Message}");
            return default;
        }
    }

    private ValueTask SendAsync(
        string name, ReadOnlyMemory<byte> payload, string? error = null, JsonObject? ours = null, CancellationToken goOn = default) =>
        notifier.SendAsync(new Notification($"{phase}-{name}", phase, payload) { Error = error, Ours = ours }, goOn);
}

using System.Text.Json.Nodes;
using Turbulence.Cli.Wizard.Answers;
using Turbulence.Cli.Wizard.Discoveries;

namespace Turbulence.Cli.Wizard.Questions;

/// <summary>Asks for the activities of one list of an experiment.</summary>
/// <param name="prompts">Ask.</param>
/// <param name="discovery">What was discovered.</param>
/// <param name="check">Looks at each answer.</param>
/// <param name="stop">Ends the look-up of code.</param>
internal sealed class ActivityQuestions(Prompts prompts, DiscoveryDocument discovery, DraftCheck check, CancellationToken stop)
{
    /// <summary>Asks for activities until there are enough.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="list">Its list.</param>
    /// <param name="question">Asks what the next one is.</param>
    public async Task FillAsync(ExperimentDraft experiment, List<ActivityDraft> list, string question)
    {
        var isSteadyState = ReferenceEquals(list, experiment.Probes);
        var offered = discovery.Activities
            .Where(activity => activity.IsProbe || !isSteadyState)
            .OrderBy(static activity => activity.IsProbe)
            .ToList();
        while (true)
        {
            var kind = await prompts.ChooseAsync(question, Kinds(offered.Count, list.Count));
            if (kind == ActivityKind.None)
            {
                return;
            }

            var type = isSteadyState ? "probe" : "action";
            var draft = kind switch
            {
                ActivityKind.Request => await RequestAsync(type),
                ActivityKind.Command => await CommandAsync(type),
                _ => await DiscoveredAsync(offered),
            };
            if (await check.ProblemAsync(draft, stop) is { } problem)
            {
                prompts.Refuse($"Not added: {problem}");
                continue;
            }

            if (isSteadyState)
            {
                draft = draft with { Tolerance = await ToleranceAsync(draft) };
            }

            draft = draft with { Name = await prompts.TextAsync("Its name", experiment.Free(draft.Name), static _ => null) };
            list.Add(draft);
            prompts.Done($"{draft.Type} {draft.Name}");
        }
    }

    private List<(ActivityKind, string)> Kinds(int offered, int had)
    {
        List<(ActivityKind, string)> kinds = [];
        if (had > 0)
        {
            kinds.Add((ActivityKind.None, "Nothing more"));
        }

        kinds.Add((ActivityKind.Request, "An HTTP request"));
        kinds.Add((ActivityKind.Command, "A command"));
        if (offered > 0)
        {
            kinds.Add((ActivityKind.Discovered, $"An activity of {discovery.Name}"));
        }

        return kinds;
    }

    private async Task<ActivityDraft> RequestAsync(string type)
    {
        var url = await prompts.TextAsync("URL", null, answer => check.Problem(ActivityDrafts.Http(type, answer)));
        if (type == "probe")
        {
            return ActivityDrafts.Http(type, url);
        }

        var method = await prompts.TextAsync(
            "Method", "POST", answer => check.Problem(ActivityDrafts.Http(type, url, answer.ToUpperInvariant())));
        return ActivityDrafts.Http(type, url, method.ToUpperInvariant());
    }

    private async Task<ActivityDraft> CommandAsync(string type)
    {
        ActivityDraft? draft = null;
        await prompts.TextAsync("Command", null, answer =>
        {
            if (!CommandAnswer.TryRead(answer, out var provider, out var problem))
            {
                return problem;
            }

            draft = ActivityDrafts.Process(type, answer, provider);
            return check.Problem(draft);
        });
        return draft!;
    }

    private async Task<ActivityDraft> DiscoveredAsync(List<DiscoveredActivity> offered)
    {
        var activity = await prompts.ChooseAsync("Which one?", [.. offered.Select(static activity => (activity, Label(activity)))]);
        var arguments = new JsonObject();
        foreach (var argument in activity.Arguments)
        {
            var usual = argument.IsRequired ? null : argument.Default is null ? "" : PortableType.Typed(argument.Type, argument.Default);
            JsonNode? value = null;
            var answer = await prompts.TextAsync(
                Question(argument), usual, said => said.Length == 0 ? null : PortableType.Read(argument.Type, said, out value));

            // Enter alone: what the extension takes by itself, and an empty text is one of them.
            if (answer.Length > 0 || argument.Default is not null)
            {
                arguments[argument.Name] = answer == usual ? argument.Default?.DeepClone() : value?.DeepClone();
            }
        }

        return ActivityDrafts.Discovered(activity, arguments);
    }

    private async Task<JsonNode?> ToleranceAsync(ActivityDraft draft)
    {
        JsonNode? tolerance = null;
        await prompts.TextAsync(
            ToleranceAnswer.Question(draft.ProviderType),
            ToleranceAnswer.Usual(draft.ProviderType, draft.ReturnType)?.ToJsonString(),
            answer => ToleranceAnswer.Read(answer, draft.ProviderType, draft.ReturnType, out tolerance)
                ?? check.ProbeProblem(draft with { Tolerance = tolerance }));
        return tolerance;
    }

    private static string Label(DiscoveredActivity activity) =>
        $"{activity.Name} ({activity.Type}){(activity.Explanation.Length == 0 ? "" : $": {activity.Explanation}")}";

    private static string Question(DiscoveredArgument argument) =>
        $"{argument.Name}{(argument.Type is null or "object" ? "" : $", {argument.Type}")}{(argument.IsRequired ? "" : ", optional")}";
}

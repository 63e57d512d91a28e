using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Cli.Wizard.Faults;
using Turbulence.Cli.Wizard.Places;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;

namespace Turbulence.Cli.Wizard.Questions;

/// <summary>Asks for a fault: its kind, what it hits, then each argument by itself, as the kind declares them.</summary>
/// <param name="prompts">Ask.</param>
/// <param name="drafts">Knows the kinds.</param>
/// <param name="services">Whom a fault could hit.</param>
internal sealed class FaultQuestions(Prompts prompts, FaultDrafts drafts, IReadOnlyList<ListeningService> services)
{
    private const string Port = "port";

    /// <summary>Asks.</summary>
    public async Task<ActivityDraft> AskAsync()
    {
        var kind = await prompts.ChooseAsync(
            "Which kind?", [.. drafts.Kinds.Select(static kind => (kind, $"{kind.Name}: {kind.Summary}"))]);
        var arguments = new JsonObject();
        foreach (var group in kind.Groups)
        {
            await AskAsync(kind, group, arguments);
        }

        var alone = kind.Arguments.Where(argument => kind.Groups.All(group => !group.Names.Contains(argument.Name))).ToList();
        foreach (var argument in alone.Where(static argument => argument.IsRequired))
        {
            await AskAsync(argument, arguments);
        }

        var others = alone.FindAll(static argument => !argument.IsRequired);
        var names = string.Join(", ", others.Select(static one => one.Name));
        if (others.Count > 0 && await prompts.ConfirmAsync($"Change what is usual: {names}?", usual: false))
        {
            foreach (var argument in others)
            {
                await AskAsync(argument, arguments);
            }
        }

        var longest = kind.LongestDuration is { } limit ? (decimal)limit.TotalSeconds : Arguments.Seconds.Most;
        var duration = Arguments.Seconds with { Most = longest };
        JsonNode? seconds = null;
        await prompts.TextAsync(
            $"For how many seconds, {duration.Values}",
            FaultDrafts.UsualSeconds.ToString(CultureInfo.InvariantCulture),
            answer => Wrong(duration, answer, out seconds));
        return FaultDrafts.Make(kind, arguments, seconds!.GetValue<double>());
    }

    // One of several says what is hit. What listens here is known by its port, which outlasts its process.
    private async Task AskAsync(FaultKindDescription kind, ArgumentGroup group, JsonObject arguments)
    {
        var members = kind.Arguments
            .Where(argument => group.Names.Contains(argument.Name) && argument.Type != ArgumentType.Service)
            .ToList();
        List<((FaultArgument? Argument, int Port), string)> choices = [];
        if (members.Exists(static argument => argument is { Name: Port, Type: ArgumentType.Integer }))
        {
            choices.AddRange(services.Select(static one => (((FaultArgument?)null, one.Port), $"{one.Program} on port {one.Port}")));
        }

        choices.AddRange(members.Select(static argument => (((FaultArgument?)argument, 0), $"{argument.Name}: {argument.Summary}")));
        if (!group.IsNeeded)
        {
            choices.Insert(0, ((null, 0), "None of these"));
        }

        var (chosen, port) = await prompts.ChooseAsync(group.IsNeeded ? "What does it hit?" : $"Is there {group.Text}?", choices);
        if (chosen is not null)
        {
            await AskAsync(chosen with { IsRequired = true }, arguments);
        }
        else if (port > 0)
        {
            arguments[Port] = port;
        }
    }

    private async Task AskAsync(FaultArgument argument, JsonObject arguments)
    {
        JsonNode? value = null;
        var usual = argument.IsRequired ? null : argument.Default ?? "";
        var about = argument.Values.Length > 0 ? $"{argument.TypeText}, {argument.Values}" : argument.TypeText;
        prompts.Explain($"{argument.Name}: {argument.Summary}");
        var answer = await prompts.TextAsync(
            $"{argument.Name}, {about}", usual, said => said.Length == 0 || said == usual ? null : Wrong(argument, said, out value));
        if (answer.Length > 0 && answer != usual)
        {
            arguments[argument.Name] = value;
        }
    }

    private static string? Wrong(FaultArgument argument, string said, out JsonNode? value) =>
        argument.Read(said, out value) is { } wrong ? $"{argument.Name} {wrong}" : null;
}

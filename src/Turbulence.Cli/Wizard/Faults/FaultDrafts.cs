using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Cli.Wizard.Answers;
using Turbulence.Documents;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;

namespace Turbulence.Cli.Wizard.Faults;

/// <summary>Makes faults of answers, and lets their kinds plan them here and now.</summary>
/// <param name="kinds">The kinds of faults.</param>
/// <param name="folder">The experiment's folder, where relative paths begin.</param>
internal sealed class FaultDrafts(FaultKinds kinds, string folder)
{
    /// <summary>How long a fault stays where nobody says otherwise, in seconds.</summary>
    public const double UsualSeconds = 5;

    private const string Duration = "duration";

    /// <summary>The kinds that work on this system.</summary>
    public IEnumerable<FaultKindDescription> Kinds => kinds.All
        .Select(static kind => kind.Description)
        .Where(static kind => kind.IsForThisSystem);

    /// <summary>Makes one.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="seconds">How long it stays.</param>
    public static ActivityDraft Make(FaultKindDescription kind, JsonObject arguments, double seconds)
    {
        var provider = new JsonObject { ["type"] = "fault", ["kind"] = kind.Name };
        if (arguments.Count > 0)
        {
            provider["arguments"] = arguments;
        }

        provider[Duration] = seconds;

        // A fault that is taken back before anybody has looked shows nothing.
        return new ActivityDraft("action", kind.Name.Replace('.', '-'), provider) { PauseAfter = seconds };
    }

    /// <summary>Reads <c>process.kill port=8001 duration=5</c>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="draft">The fault.</param>
    /// <param name="problem">Why there is none, in one line.</param>
    public bool TryRead(string line, [NotNullWhen(true)] out ActivityDraft? draft, [NotNullWhen(false)] out string? problem)
    {
        draft = null;
        if (CommandWords.Of(line) is not { Words: [var name, ..] words, IsOpen: false })
        {
            problem = "it is no kind of fault with its arguments, such as process.kill port=8001";
            return false;
        }

        if (!kinds.TryGet(name, out var kind))
        {
            problem = $"there is no kind of fault '{name}'{NearestWord.Hint(name, kinds.All.Select(static one => one.Description.Name))}";
            return false;
        }

        problem = Read(kind.Description, words.Skip(1), out var arguments, out var seconds);
        draft = problem is null ? Make(kind.Description, arguments, seconds) : null;
        return draft is not null;
    }

    /// <summary>Lets its kind plan it, as <c>chaos plan</c> does. Nothing is touched.</summary>
    /// <returns>Why a run would refuse it, in one line; null where it would not.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<string?> RefusalAsync(ActivityDraft draft, CancellationToken stop)
    {
        if (!FaultDeclaration.TryRead(draft.Provider, out var declared, out var problem))
        {
            return problem;
        }

        if (!kinds.TryGet(declared.Kind, out var kind))
        {
            return $"there is no kind of fault '{declared.Kind}'";
        }

        var request = new FaultRequest(nameof(FaultDrafts), declared.Arguments, folder) { Duration = declared.Duration };
        var planning = await kind.PlanAsync(request, stop);
        return planning.Problem
            ?? (planning.Plan!.IsIrreversible ? $"it could not be taken back: {planning.Plan.UndoText}" : null);
    }

    private static string? Read(FaultKindDescription kind, IEnumerable<string> pairs, out JsonObject arguments, out double seconds)
    {
        arguments = [];
        seconds = UsualSeconds;
        foreach (var pair in pairs)
        {
            if (pair.Split('=', 2) is not [var name, var text])
            {
                return $"'{pair}' is not NAME=VALUE, such as port=8001";
            }

            var argument = kind.Arguments.FirstOrDefault(argument => argument.Name == name);
            if (argument is null && name == Duration)
            {
                if (Arguments.Seconds.Read(text, out var number) is { } wrong)
                {
                    return $"{Duration} {wrong}";
                }

                seconds = number!.GetValue<double>();
            }
            else if (argument is null)
            {
                // The kind says it better, with what it takes.
                arguments[name] = text;
            }
            else if (argument.Read(text, out var value) is { } wrong)
            {
                return $"{name} {wrong}";
            }
            else
            {
                arguments[name] = value;
            }
        }

        return null;
    }
}

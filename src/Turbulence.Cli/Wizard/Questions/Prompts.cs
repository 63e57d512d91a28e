using Spectre.Console;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal.Live;

namespace Turbulence.Cli.Wizard.Questions;

/// <summary>Asks a person at a terminal, one question at a time. An answer that will not do is asked for again.</summary>
/// <param name="console">The terminal.</param>
/// <param name="stop">Ends the question with an <see cref="OperationCanceledException"/>.</param>
internal sealed class Prompts(IAnsiConsole console, CancellationToken stop)
{
    private const int FewestRows = 3;
    private const int ChoicesThatNeedSearch = 8;

    /// <summary>Begins a part of the questions.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="explanation">What somebody has to know who sees it for the first time.</param>
    public void Heading(string title, string explanation)
    {
        console.WriteLine();
        console.WriteLine(PrintableText.OneLine(title), Look.Heading);
        console.WriteLine(PrintableText.OneLine(explanation), Look.Quiet);
    }

    /// <summary>Says what somebody has to know before the next question.</summary>
    public void Explain(string text) => console.WriteLine(PrintableText.OneLine(text), Look.Quiet);

    /// <summary>Says that something was put down.</summary>
    public void Done(string text) => console.WriteLine($"✓ {PrintableText.OneLine(text)}", Look.Good);

    /// <summary>Says that something will not do.</summary>
    public void Refuse(string text) => console.WriteLine($"✗ {PrintableText.OneLine(text)}", Look.Bad);

    /// <summary>Asks for a text.</summary>
    /// <param name="question">The question.</param>
    /// <param name="usual">What Enter alone means; null where an answer is needed.</param>
    /// <param name="problem">Tells what is wrong with an answer, in one line; null for nothing.</param>
    public async Task<string> TextAsync(string question, string? usual, Func<string, string?> problem)
    {
        var shown = string.IsNullOrEmpty(usual) ? "" : $" [blue]({Markup.Escape(PrintableText.OneLine(usual))})[/]";
        var prompt = new TextPrompt<string>($"{Markup.Escape(PrintableText.OneLine(question))}{shown}:")
        {
            AllowEmpty = usual is not null,
            Validator = answer => problem(answer.Trim() is { Length: > 0 } said ? said : usual ?? "") is { } wrong
                ? ValidationResult.Error($"[red]✗ {Markup.Escape(PrintableText.OneLine(wrong))}[/]")
                : ValidationResult.Success(),
        };
        var answer = await prompt.ShowAsync(console, stop);
        return answer.Trim() is { Length: > 0 } text ? text : usual ?? "";
    }

    /// <summary>Asks yes or no.</summary>
    /// <param name="question">The question.</param>
    /// <param name="usual">What Enter alone means.</param>
    public Task<bool> ConfirmAsync(string question, bool usual) =>
        new ConfirmationPrompt(Markup.Escape(PrintableText.OneLine(question))) { DefaultValue = usual }.ShowAsync(console, stop);

    /// <summary>Lets somebody choose.</summary>
    /// <param name="question">The question.</param>
    /// <param name="choices">What there is to choose from, with what is shown of each.</param>
    public async Task<T> ChooseAsync<T>(string question, IReadOnlyList<(T Value, string Label)> choices)
    {
        var prompt = new SelectionPrompt<int>
        {
            Title = Markup.Escape(question),
            PageSize = Math.Max(FewestRows, Math.Min(choices.Count, console.Profile.Height - 4)),
            SearchEnabled = choices.Count > ChoicesThatNeedSearch,
            Converter = index => Markup.Escape(PrintableText.OneLine(choices[index].Label)),
        };
        prompt.AddChoices(Enumerable.Range(0, choices.Count));
        var (value, label) = choices[await prompt.ShowAsync(console, stop)];

        // The list is gone from the screen; what was chosen stays.
        console.WriteLine($"{question} {PrintableText.OneLine(label)}");
        return value;
    }
}

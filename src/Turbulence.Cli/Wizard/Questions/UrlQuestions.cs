using Turbulence.Cli.Wizard.Places;

namespace Turbulence.Cli.Wizard.Questions;

/// <summary>Asks for a URL: of a program that listens on this machine, or any.</summary>
/// <param name="prompts">Ask.</param>
/// <param name="services">The programs.</param>
internal sealed class UrlQuestions(Prompts prompts, IReadOnlyList<ListeningService> services)
{
    /// <summary>Asks.</summary>
    /// <param name="problem">Tells what is wrong with an answer, in one line; null for nothing.</param>
    public async Task<string> AskAsync(Func<string, string?> problem)
    {
        var chosen = services.Count == 0 ? null : await prompts.ChooseAsync(
            "Of which program?",
            [.. services.Select(static one => ((ListeningService?)one, $"{one.Url} ({one.Program})")), (null, "Another URL")]);
        return await prompts.TextAsync("URL", chosen?.Url, problem);
    }
}

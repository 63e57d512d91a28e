namespace Turbulence.Cli.Problems;

/// <summary>The forms of problems.</summary>
internal static class ProblemFormats
{
    /// <summary>The form that is for people, said on the way.</summary>
    public const string Text = "text";

    private static readonly IProblemFormat[] All = [new JsonProblems(), new SarifProblems(), new GitHubProblems()];

    /// <summary>What they are called.</summary>
    public static string[] Names => [Text, .. All.Select(static format => format.Name)];

    /// <summary>The form of this name; null for the one that is for people.</summary>
    public static IProblemFormat? Named(string? name) => Array.Find(All, format => format.Name == name);
}

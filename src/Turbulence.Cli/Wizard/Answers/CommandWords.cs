using System.Text;

namespace Turbulence.Cli.Wizard.Answers;

/// <summary>A command line in words, split as a POSIX shell does it.</summary>
/// <param name="Words">The words, without their quotes.</param>
/// <param name="NeedsShell">Whether something in it means more to a shell than its letters: a pipe, a variable, a pattern.</param>
/// <param name="IsOpen">Whether a quote is not closed.</param>
internal sealed record CommandWords(IReadOnlyList<string> Words, bool NeedsShell, bool IsOpen)
{
    private const string Special = "|&;<>()$`*?[\n";

    // There the backslash stands between folders.
    private static readonly bool HasEscapes = !OperatingSystem.IsWindows();

    /// <summary>Splits a command line.</summary>
    public static CommandWords Of(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var needsShell = false;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '\\'
                && quote != '\''
                && HasEscapes
                && i + 1 < line.Length
                && (quote == '\0' || line[i + 1] is '"' or '\\' or '$' or '`'))
            {
                (word ??= new StringBuilder()).Append(line[++i]);
            }
            else if (quote != '\0')
            {
                needsShell |= quote == '"' && letter is '$' or '`';
                quote = letter == quote ? '\0' : quote;
                _ = quote == '\0' ? word : word!.Append(letter);
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
                word ??= new StringBuilder();
            }
            else if (letter is ' ' or '\t')
            {
                Finish(words, ref word);
            }
            else
            {
                needsShell |= Special.Contains(letter, StringComparison.Ordinal)
                    || (word is null && (letter is '#' || (letter is '~' && words.Count > 0)))
                    || (letter == '=' && words.Count == 0);
                (word ??= new StringBuilder()).Append(letter);
            }
        }

        Finish(words, ref word);
        return new CommandWords(words, needsShell, quote != '\0');
    }

    private static void Finish(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }
}

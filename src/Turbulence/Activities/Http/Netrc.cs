using System.Text;

namespace Turbulence.Activities.Http;

/// <summary>
/// Reads user name and password of a host from a netrc file: <c>machine NAME login USER password SECRET</c> in any
/// spacing, <c>default</c> for every other host, <c>#</c> comments, <c>macdef</c> up to an empty line.
/// </summary>
internal static class Netrc
{
    /// <summary>The login for <paramref name="host"/>; null where there is none, or no file that can be read.</summary>
    /// <param name="path">The file; null for the user's own.</param>
    /// <param name="host">The host's name, without a port.</param>
    public static (string User, string Password)? Find(string? path, string host)
    {
        path ??= OwnFile();
        if (path is null)
        {
            return null;
        }

        try
        {
            return File.Exists(path) ? Find(Words(File.ReadAllText(path)), host) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (string User, string Password)? Find(List<string> words, string host)
    {
        string? entry = null;
        var (user, password) = ("", "");
        for (var i = 0; i < words.Count; i++)
        {
            var value = i + 1 < words.Count ? words[i + 1] : "";
            switch (words[i])
            {
                case "machine" or "default" when entry is not null && Matches(entry, host):
                    return (user, password);
                case "machine":
                    (entry, user, password) = (value.Length > 0 ? value : null, "", "");
                    i++;
                    break;
                case "default":
                    (entry, user, password) = ("", "", "");
                    break;
                case "login" or "user":
                    user = value;
                    i++;
                    break;
                case "password":
                    password = value;
                    i++;
                    break;
                case "account":
                    i++;
                    break;
            }
        }

        return entry is not null && Matches(entry, host) ? (user, password) : null;
    }

    private static bool Matches(string entry, string host) => entry.Length == 0 || entry.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var macro = false;
        foreach (var line in text.Split('\n'))
        {
            if (macro)
            {
                macro = line.Trim().Length > 0;
                continue;
            }

            for (var at = 0; NextWord(line, ref at) is { } word;)
            {
                if (word.StartsWith('#') && (words.Count == 0 || words[^1] is not ("password" or "login" or "user" or "account")))
                {
                    break;
                }

                if (word == "macdef")
                {
                    macro = true;
                    break;
                }

                words.Add(word);
            }
        }

        return words;
    }

    private static string? NextWord(string line, ref int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
        {
            at++;
        }

        if (at == line.Length)
        {
            return null;
        }

        var word = new StringBuilder();
        var quoted = line[at] == '"';
        at += quoted ? 1 : 0;
        while (at < line.Length && (quoted ? line[at] != '"' : !char.IsWhiteSpace(line[at])))
        {
            at += line[at] == '\\' && at + 1 < line.Length ? 1 : 0;
            word.Append(line[at++]);
        }

        at += quoted && at < line.Length ? 1 : 0;
        return word.ToString();
    }

    private static string? OwnFile()
    {
        if (Environment.GetEnvironmentVariable("NETRC") is { Length: > 0 } named)
        {
            return named;
        }

        var home = Platform.Processes.HomeDirectory.Find() ?? "";
        string[] names = home.Length > 0 ? [".netrc", "_netrc"] : [];
        return names.Select(name => Path.Combine(home, name)).FirstOrDefault(File.Exists);
    }
}

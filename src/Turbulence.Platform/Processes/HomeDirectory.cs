namespace Turbulence.Platform.Processes;

/// <summary>The <c>~</c> at the start of a path.</summary>
public static class HomeDirectory
{
    /// <summary>
    /// Replaces <c>~</c> by our home directory (<c>HOME</c> where that is an absolute path, else what <c>/etc/passwd</c> says) and
    /// <c>~user</c> by that of a user in <c>/etc/passwd</c>. Any other path, and one with an unknown user, stays as it is.
    /// </summary>
    public static string Expand(string path)
    {
        if (!path.StartsWith('~'))
        {
            return path;
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var user = slash < 0 ? path[1..] : path[1..slash];
        var home = user.Length == 0 ? Find() : HomeOf(user);
        if (home is null)
        {
            return path;
        }

        var expanded = home.TrimEnd('/') + (slash < 0 ? "" : path[slash..]);
        return expanded.Length == 0 ? "/" : expanded;
    }

    /// <summary>Our home directory, an absolute path; null where nobody knows one.</summary>
    public static string? Find() => Find(Environment.GetEnvironmentVariable("HOME"));

    // A HOME that is no absolute path would mean another folder wherever a command is given.
    internal static string? Find(string? home) =>
        home is { Length: > 0 } && Path.IsPathFullyQualified(home) ? home
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
        : HomeOf(Environment.UserName);

    private static string? HomeOf(string user)
    {
        try
        {
            return File.ReadLines("/etc/passwd")
                .Select(line => line.Split(':'))
                .FirstOrDefault(fields => fields.Length > 5 && fields[0] == user)?[5];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

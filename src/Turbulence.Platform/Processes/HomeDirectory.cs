namespace Turbulence.Platform.Processes;

/// <summary>The <c>~</c> at the start of a path.</summary>
public static class HomeDirectory
{
    /// <summary>
    /// Replaces <c>~</c> by our home directory (<c>HOME</c>) and <c>~user</c> by that of a user in <c>/etc/passwd</c>. Any other path, and one with an
    /// unknown user, stays as it is.
    /// </summary>
    public static string Expand(string path)
    {
        if (!path.StartsWith('~'))
        {
            return path;
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var user = slash < 0 ? path[1..] : path[1..slash];
        var home = user.Length == 0 ? Own() : HomeOf(user);
        if (home is null)
        {
            return path;
        }

        var expanded = home.TrimEnd('/') + (slash < 0 ? "" : path[slash..]);
        return expanded.Length == 0 ? "/" : expanded;
    }

    private static string? Own() => Environment.GetEnvironmentVariable("HOME") ?? HomeOf(Environment.UserName);

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

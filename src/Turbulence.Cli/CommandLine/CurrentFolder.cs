namespace Turbulence.Cli.CommandLine;

/// <summary>The folder that the command was started in.</summary>
internal static class CurrentFolder
{
    /// <summary>Whether it is still there.</summary>
    public static bool IsThere
    {
        get
        {
            try
            {
                _ = Directory.GetCurrentDirectory();
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Tells what is not there from what could not be looked at. Only "no such file" and "no such process" mean gone; a system that is out of
/// descriptors or memory has said nothing about what was asked for.
/// </summary>
internal static class Absence
{
    /// <summary>Whether an error number means that the thing is not there.</summary>
    public static bool IsGone(int error) => error is LibC.ErrorNoEntry or LibC.ErrorNoProcess;

    /// <summary>Whether an error number means that it is not for us to see.</summary>
    public static bool IsForbidden(int error) => error is LibC.ErrorNotPermitted or LibC.ErrorAccess;

    /// <summary>
    /// Whether what .NET threw means that the thing is not there, or not for us to see. Its errors without a type of their own carry the
    /// number.
    /// </summary>
    public static bool IsMeantBy(Exception failure) =>
        failure is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
        || (failure is IOException && IsGone(failure.HResult));
}

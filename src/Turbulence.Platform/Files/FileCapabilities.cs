using System.Runtime.InteropServices;
using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// The capabilities that a file gives to the program in it (<c>setcap</c>(8)). The kernel takes them away when somebody writes to the file.
/// Linux only.
/// </summary>
public static class FileCapabilities
{
    private const string Attribute = "security.capability";
    private const int ErrorNoData = 61;
    private const int ErrorNotSupported = 95;

    /// <summary>Whether a file has some, links not followed.</summary>
    /// <exception cref="IOException">The system cannot say.</exception>
    public static unsafe bool Has(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var length = FileCalls.GetAttribute(path, Attribute, null, 0);
        var error = Marshal.GetLastPInvokeError();
        return length >= 0 ? length > 0
            : error is ErrorNoData or ErrorNotSupported or LibC.ErrorNoEntry ? false
            : throw new IOException(SystemError.Of(error, $"cannot read the capabilities of {path}").Message);
    }
}

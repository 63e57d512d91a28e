using System.Runtime.InteropServices;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>The system's error numbers, as values.</summary>
internal static class SystemError
{
    /// <summary>The error of the call just made, with what it was to do.</summary>
    public static ProcessStartFailure Last(string what) => Of(Marshal.GetLastPInvokeError(), what);

    /// <summary>An error number, with what was to be done.</summary>
    public static ProcessStartFailure Of(int number, string what) => new(number, $"{what}: {Marshal.GetPInvokeErrorMessage(number)}");
}

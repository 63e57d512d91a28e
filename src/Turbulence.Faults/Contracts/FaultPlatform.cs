namespace Turbulence.Faults.Contracts;

/// <summary>The platform that this is, as kinds name it.</summary>
internal static class FaultPlatform
{
    /// <summary><c>linux</c>, <c>macos</c>, <c>windows</c>, or what the system calls itself.</summary>
    public static string Name { get; } =
        OperatingSystem.IsLinux()
            ? "linux"
            : OperatingSystem.IsMacOS() ? "macos" : OperatingSystem.IsWindows() ? "windows" : Environment.OSVersion.Platform.ToString();
}

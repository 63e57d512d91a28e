using System.Globalization;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.PacketFilters;

/// <summary>
/// A control group (<c>cgroup</c> v2): a process, all that it starts, and whatever else was put there. Each container and each systemd unit
/// has one.
/// </summary>
/// <param name="Path">Its path below the root, without a slash in front: <c>system.slice/shop.service</c>.</param>
internal sealed record ControlGroup(string Path)
{
    /// <summary>Where <c>nft</c> looks for them.</summary>
    private const string Root = "/sys/fs/cgroup";

    /// <summary>How deep it is: 1 for one directly below the root.</summary>
    public int Level => Path.Count(character => character == '/') + 1;

    /// <summary>How many processes are in it itself.</summary>
    public int Processes => File.ReadLines($"{Root}/{Path}/cgroup.procs").Count();

    /// <summary>The group of a process.</summary>
    /// <param name="process">The process's id.</param>
    /// <returns>The group, or why it has none that could be filtered, in one line.</returns>
    public static (ControlGroup? Group, string? Problem) Of(int process)
    {
        string? line;
        try
        {
            line = File
                .ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cgroup"))
                .FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, $"the control group of process {process} cannot be read: {failure.Message}");
        }

        return line is null ? (null, $"process {process} is in no control group of version 2") : Of(line["0::/".Length..]);
    }

    /// <summary>The group with a path.</summary>
    /// <returns>The group, or why it cannot be filtered, in one line.</returns>
    public static (ControlGroup? Group, string? Problem) Of(string path)
    {
        path = path.Trim('/');
        return path.Length == 0 ? (null, "that is the root of all control groups, where everything without one of its own is")
            : path.Split('/').Any(part => part is "" or "." or "..")
                || path.Any(character => char.IsControl(character) || character is '"' or '\\')
                ? (null, $"'{path}' is no path of a control group")
            : FileStatus.Read($"{Root}/cgroup.controllers", follow: true) is null
                ? (null, $"control groups of version 2 are not mounted at {Root}, where nft looks for them")
            : FileStatus.Read($"{Root}/{path}/cgroup.procs", follow: true) is null ? (null, $"there is no control group {path}")
            : (new ControlGroup(path), null);
    }

    /// <summary>Whether a process is in it or below it.</summary>
    public bool Has(int process) =>
        Of(process).Group is { } group && (group.Path == Path || group.Path.StartsWith(Path + "/", StringComparison.Ordinal));
}

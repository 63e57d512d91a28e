using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Contracts;

/// <summary>
/// Names the process that runs an experiment, once and for all and on every host: a ledger may be read by another one than it was written
/// on, and by a later start of it. A process id alone says nothing there, so whoever wants to look at the process asks for
/// <see cref="Local"/>.
/// </summary>
/// <param name="Host">The machine, see <see cref="Machine.Id"/>; empty in a record of before it was written, which is of this
/// machine.</param>
/// <param name="Boot">Which start of the machine it belongs to, see <see cref="Machine.Boot"/>; a process of an earlier one is no
/// more.</param>
/// <param name="Process">The process on that machine.</param>
public sealed record RunnerIdentity(string Host, string Boot, ProcessIdentity Process)
{
    private const int ShownOfHost = 8;

    /// <summary>The process id, for people.</summary>
    public int Id => Process.Id;

    /// <summary>Whether it is of another host: whether it lives is not ours to say, and nothing of its run is touched from here.</summary>
    public bool IsElsewhere => Host.Length > 0 && Host != Machine.Id;

    /// <summary>The process as it can be looked at; null where it is of another host, or of an earlier start of this one.</summary>
    public ProcessIdentity? Local => !IsElsewhere && Boot == Machine.Boot ? Process : null;

    /// <summary>For people: <c>process 123</c>, <c>process 123 on another host (1f2e3d4c)</c>.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"process {Id}{(IsElsewhere ? $" on another host ({Host[..Math.Min(ShownOfHost, Host.Length)]})" : "")}");

    /// <summary>A process of this machine.</summary>
    public static RunnerIdentity Of(ProcessIdentity process) => new(Machine.Id, Machine.Boot, process);
}

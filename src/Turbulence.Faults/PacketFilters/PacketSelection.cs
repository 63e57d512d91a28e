using System.Net;
using System.Net.Sockets;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.PacketFilters;

/// <summary>How a fault names packets.</summary>
internal static class PacketSelection
{
    private static readonly string[] Processes = ["service", "pid", "pid_file", "command", "cgroup"];

    /// <summary>The arguments, for the description of a kind.</summary>
    public static IReadOnlyList<FaultArgument> Arguments { get; } =
    [
        new("address", ArgumentType.Text, "the other side's IP address, or a network such as 192.0.2.0/24"),
        new("port", ArgumentType.Integer, "the port, at either end") { Least = 1, Most = 65535 },
        new("protocol", ArgumentType.Choice, "what the packets carry") { Choices = ["any", "tcp", "udp"], Default = "any" },
        new("direction", ArgumentType.Choice, "those that leave this machine, those that arrive, or both")
        {
            Choices = ["both", "out", "in"],
            Default = "both",
        },
        .. ProcessSelection.Arguments
            .Where(argument => Processes.Contains(argument.Name))
            .Select(argument => argument with { Summary = $"only packets of its control group: {argument.Summary}" }),
        new("cgroup", ArgumentType.Text, "only packets of this control group (version 2), by its path below the root"),
    ];

    /// <summary>Whose packets they are is said in one way.</summary>
    public static ArgumentGroup Group { get; } = ArgumentGroup.AtMostOne(Processes);

    /// <summary>Reads which packets are meant; what is wrong is refused through <paramref name="arguments"/>.</summary>
    /// <returns>The packets; null where something is wrong.</returns>
    public static PacketMatch? Read(ArgumentReader arguments, FaultRequest request)
    {
        if (arguments.Problem is not null)
        {
            return null;
        }

        var direction = arguments.Text("direction");
        var match = new PacketMatch
        {
            Address = Address(arguments),
            Port = (int)arguments.Integer("port"),
            Protocol = arguments.Text("protocol") is "any" or null ? null : arguments.Text("protocol"),
            Group = GroupOf(arguments, request),
            IsOut = direction != "in",
            IsIn = direction != "out",
        };
        arguments.Refuse(
            match is { Port: 0, Group: null, Address: null }
                ? "that would cut off the whole machine: one of address, port, service, pid, pid_file, command and cgroup has to say which packets are meant"
            : match is { Port: 0, Group: null, Address.PrefixLength: 0 }
                ? $"{match.Address} without a port is every address there is, and would cut off the whole machine"
            : match.Group?.Has(Environment.ProcessId) == true
                ? $"this run is in the control group {match.Group.Path} as well, and would cut itself off"
            : null);
        return arguments.Problem is null ? match : null;
    }

    private static IPNetwork? Address(ArgumentReader arguments)
    {
        if (arguments.Text("address") is not { } text)
        {
            return null;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address.IsIPv4MappedToIPv6
                ? address.MapToIPv4()
                : address, address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6 ? 32 : 128);
        }

        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        arguments.Refuse($"address must be an IP address, or a network such as 192.0.2.0/24; here it is '{text}'");
        return null;
    }

    private static ControlGroup? GroupOf(ArgumentReader arguments, FaultRequest request)
    {
        if (!Array.Exists(Processes, arguments.Has))
        {
            return null;
        }

        var (group, problem) = arguments.Text("cgroup") is { } path
            ? ControlGroup.Of(path)
            : OfProcess(ProcessSelection.Find(arguments, request));
        arguments.Refuse(problem);
        return group;
    }

    private static (ControlGroup? Group, string? Problem) OfProcess(SelectedProcesses selected)
    {
        if (selected.Problem is { } problem)
        {
            return (null, problem);
        }

        var groups = selected.Processes.Select(process => ControlGroup.Of(process.Id)).Distinct().ToArray();
        return groups is [var only] ? only : (null, "its processes are in several control groups");
    }
}

using System.Net;
using System.Net.Sockets;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>dns.hosts</c>: lets a host name lead elsewhere, by a line in <c>/etc/hosts</c> between two marks that carry the fault's id.
/// </summary>
internal sealed class DnsHosts : IFaultKind
{
    private const string SystemFile = "/etc/hosts";

    public FaultKindDescription Description { get; } = new(
        "dns.hosts",
        "lets a host name lead to another address, on this machine",
        [
            new("host", ArgumentType.Host, "the host name") { IsRequired = true },
            new("address", ArgumentType.Address, "the IP address that it is to have") { Default = "127.0.0.1" },
            new("file", ArgumentType.Path, "the hosts file; another one for tests only") { Default = SystemFile },
        ])
    {
        Needs =
        [
            new MachineNeed(
                "root",
                static _ => ValueTask.FromResult(NeedSight.Of(Unchangeable(SystemFile), $"{SystemFile} can be changed safely"))),
        ],
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var file = SelectedFile.Read(arguments, "file", request);
        var host = arguments.Text("host") ?? "";
        var text = arguments.Text("address") ?? "";
        if (arguments.Problem is null && file is not null)
        {
            arguments.Refuse(
                Unchangeable(file.Path) is { } obstacle ? obstacle
                : HostsText.Names(new HostsFile(file.Path, request.Id).Read(), host)
                    ? $"{file.Path} has {host} already, and both addresses would be found"
                : null);
        }

        if (file is null || arguments.Problem is not null)
        {
            return ValueTask.FromResult(FaultPlanning.Refused(arguments.Problem!));
        }

        var undo = file.ToJson();
        undo["host"] = host;
        undo["address"] = IPAddress.Parse(text).ToString();
        return ValueTask.FromResult(FaultPlanning.Of(new FaultPlan(
            [file.Target], undo, $"remove the lines marked with {request.Id} from {file.Path}")
        {
            Text = $"{host} leads to {IPAddress.Parse(text)} by {file.Path}",
        }));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var path = SelectedFile.Of(record).Path;
        try
        {
            await new HostsFile(path, record.Id).AppendAsync(Line(record), tools.Time, cancellationToken);
            return StepResult.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot change {path}: {failure.Message}");
        }
    }

    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var path = SelectedFile.Of(record).Path;
        var host = UndoJson.Read(() => record.Undo["host"]!.GetValue<string>());
        var address = UndoJson.Read(() => IPAddress.Parse((string)record.Undo["address"]!));
        if (!HostsText.Has(new HostsFile(path, record.Id).Read(), record.Id, Line(record)))
        {
            return new Evidence(false, $"{path} has no line for {host} that is ours");
        }

        if (path != SystemFile)
        {
            return new Evidence(true, $"{path} says that {host} is at {address}");
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(host, address.AddressFamily, cancellationToken);
            return new Evidence(found.Contains(address), $"{host} leads to {string.Join(", ", found.AsEnumerable())}");
        }
        catch (SocketException failure)
        {
            return new Evidence(false, $"{host} leads nowhere: {failure.Message}");
        }
    }

    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var path = SelectedFile.Of(record).Path;
        try
        {
            return new StepResult(await new HostsFile(path, record.Id).RemoveAsync(tools.Time, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot change {path}: {failure.Message}");
        }
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var path = SelectedFile.Of(record).Path;
        var file = new HostsFile(path, record.Id);
        return ValueTask.FromResult(
            FileStatus.Find(path) is null ? new Evidence(false, $"{path} is not there")
            : HostsText.Has(file.Read(), record.Id) ? new Evidence(false, $"{path} still has the lines marked with {record.Id}")
            : FileStatus.Find(file.Draft) is not null ? new Evidence(false, $"{file.Draft} is still there")
            : new Evidence(true, $"{path} has no line marked with {record.Id}"));
    }

    private static string? Unchangeable(string path) =>
        !FileStatus.IsWritable(path) ? $"{path} cannot be written to: that needs root" : new HostsFile(path, "").Obstacle();

    private static string Line(FaultRecord record) =>
        UndoJson.Read(() => $"{record.Undo["address"]!.GetValue<string>()} {record.Undo["host"]!.GetValue<string>()}");
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds;

/// <summary><c>dns.hosts</c>: lets a host name lead elsewhere, by a line at the top of <c>/etc/hosts</c> between two marks that carry the fault's id.</summary>
internal sealed class DnsHosts : IFaultKind
{
    private const string SystemFile = "/etc/hosts";

    public FaultKindDescription Description { get; } = new(
        "dns.hosts",
        "lets a host name lead to another address, on this machine",
        [
            new("host", "text", "the host name", IsRequired: true),
            new("address", "text", "the IP address that it is to have; default 127.0.0.1"),
            new("file", "text", "the hosts file; default /etc/hosts, another one for tests only"),
        ])
    {
        Privilege = "root",
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request.Arguments);
        var file = SelectedFile.Read(arguments, "file", SystemFile, request);
        var host = arguments.Text("host") ?? "";
        var text = arguments.Text("address") ?? "127.0.0.1";
        if (arguments.Problem is null && file is not null)
        {
            arguments.Refuse(
                Uri.CheckHostName(host) != UriHostNameType.Dns ? $"'{host}' is not a host name"
                : !IPAddress.TryParse(text, out _) ? $"'{text}' is not an IP address"
                : !FileStatus.IsWritable(file.Path) ? $"{file.Path} cannot be written to: that needs root"
                : FileStatus.Read(file.Path) is { IsMount: true } ? $"{file.Path} is mounted by itself, as in a container, and cannot be replaced whole"
                : FileStatus.Read(file.Path)?.Owner != ProcessOwner.Current() ? $"{file.Path} belongs to another user than we run as, and would not after"
                : HostsText.Names(Read(file.Path), host) ? $"{file.Path} has {host} already, and both addresses would be found"
                : null);
        }

        if (file is null || arguments.Problem is not null)
        {
            return ValueTask.FromResult(FaultPlanning.Refused(arguments.Problem!));
        }

        var undo = file.ToJson();
        undo["host"] = host;
        undo["address"] = IPAddress.Parse(text).ToString();
        return ValueTask.FromResult(FaultPlanning.Of(new FaultPlan([file.Target], undo, $"remove the lines marked with {request.Id} from {file.Path}")
        {
            Text = $"{host} leads to {IPAddress.Parse(text)} by {file.Path}",
        }));
    }

    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) => ValueTask.FromResult(
        Change(record, text => HostsText.With(text, record.Id, $"{(string)record.Undo["address"]!} {(string)record.Undo["host"]!}")));

    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var path = SelectedFile.Of(record).Path;
        var host = (string)record.Undo["host"]!;
        var address = IPAddress.Parse((string)record.Undo["address"]!);
        if (!HostsText.Has(Read(path), record.Id))
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

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Change(record, text => HostsText.Without(text, record.Id)));

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var path = SelectedFile.Of(record).Path;
        return ValueTask.FromResult(
            !File.Exists(path) ? new Evidence(false, $"{path} is not there")
            : HostsText.Has(Read(path), record.Id) ? new Evidence(false, $"{path} still has the lines marked with {record.Id}")
            : File.Exists(Draft(record)) ? new Evidence(false, $"{Draft(record)} is still there")
            : new Evidence(true, $"{path} has no line marked with {record.Id}"));
    }

    private static string Read(string path)
    {
        try
        {
            return Text(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Each byte as one character: whatever the file holds goes back as it came.</summary>
    private static string Text(string path) => Encoding.Latin1.GetString(File.ReadAllBytes(path));

    private static string Draft(FaultRecord record) => FaultMark.Neighbour(SelectedFile.Of(record).Path, record.Id, "draft");

    /// <summary>The file is replaced whole: nobody ever reads half of it.</summary>
    private static StepResult Change(FaultRecord record, Func<string, string> change)
    {
        var file = SelectedFile.Of(record);
        var draft = Draft(record);
        try
        {
            File.Delete(draft);
            var text = Text(file.Path);
            var changed = change(text);
            if (changed == text)
            {
                return StepResult.Done;
            }

            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = file.Mode;
            }

            using (var stream = new FileStream(draft, options))
            {
                stream.Write(Encoding.Latin1.GetBytes(changed));
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(draft, File.GetUnixFileMode(file.Path));
            }

            File.Move(draft, file.Path, overwrite: true);
            FolderFlush.Flush(Path.GetDirectoryName(file.Path)!);
            return StepResult.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot change {file.Path}: {failure.Message}");
        }
    }
}

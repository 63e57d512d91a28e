using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Doctor;

/// <summary>Whether this is a container, and what that takes away.</summary>
internal sealed class ContainerExamination : IExamination
{
    private const string DockerSocket = "/var/run/docker.sock";

    public string Subject => "container";

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        }

        var engine = File.Exists("/.dockerenv") ? "Docker" : File.Exists("/run/.containerenv") ? "Podman"
            : Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } ? "Kubernetes"
            : ProcessTable.Environment(1) is { } first && first.TryGetValue("container", out var named) ? named
            : null;
        var filter = ProcessTable.StatusLine(Environment.ProcessId, "Seccomp") is "2" ? ", system calls are filtered (seccomp)" : "";
        var groups = File.Exists("/sys/fs/cgroup/cgroup.controllers")
            ? "control groups of version 2"
            : "no control groups of version 2, which faults of the network by 'cgroup' need";
        var docker = File.Exists(DockerSocket) ? $"; {DockerSocket} is there" : "";
        var here = engine is null ? "none is seen" : $"this is one ({engine}): only its processes are seen";
        return Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok(Subject, $"{here}; {groups}{filter}{docker}")]);
    }
}

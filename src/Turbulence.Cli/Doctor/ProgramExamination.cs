using System.Runtime.InteropServices;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Doctor;

/// <summary>What this program is, and on what it runs.</summary>
internal sealed class ProgramExamination : IExamination
{
    public string Subject => "program";

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        // The host of managed programs says where their assemblies are, and a native one has no host.
        var kind = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is null ? "native" : "compiled as it runs";
        var user = Environment.IsPrivilegedProcess ? "root" : $"user {Environment.UserName}";
        var processor = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        return Task.FromResult<IReadOnlyList<Finding>>(
        [
            Finding.Ok(
                Subject,
                $"chaos {ProgramVersion.Text}, {kind}, .NET {Environment.Version}; {RuntimeInformation.OSDescription}, {processor}, "
                    + $"{(Environment.ProcessorCount == 1 ? "1 processor" : $"{Environment.ProcessorCount} processors")}, {user}"),
        ]);
    }
}

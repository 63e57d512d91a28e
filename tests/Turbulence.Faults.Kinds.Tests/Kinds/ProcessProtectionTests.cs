using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>Which processes are this program's own, whatever they are called. In its place stands a copy of <c>sleep</c>.</summary>
public sealed class ProcessProtectionTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("the same file", true)]
    [InlineData("a hard link", true)]
    [InlineData("a copy", true)]
    [InlineData("renamed while it runs", true)]
    [InlineData("another program", false)]
    [InlineData("another program of the same length", false)]
    public async Task This_program_is_recognised_by_its_file_and_not_by_its_name(string what, bool isOurs)
    {
        var (ours, theirs) = (room["ours"], room["theirs"]);
        File.Copy(ExecutableSearch.Find("sleep")!, ours);
        var self = room.Start(ours, "1001");
        switch (what)
        {
            case "the same file": theirs = ours; break;
            case "a hard link": Assert.True(PlainFile.TryLink(ours, theirs)); break;
            case "a copy": File.Copy(ours, theirs); break;
            case "renamed while it runs": File.Move(ours, theirs); break;
            case "another program": File.Copy(ExecutableSearch.Find("tail")!, theirs); break;
            default:
                var bytes = await File.ReadAllBytesAsync(ours, TestContext.Current.CancellationToken);
                bytes[^1] ^= 1;
                await File.WriteAllBytesAsync(theirs, bytes, TestContext.Current.CancellationToken);
                File.SetUnixFileMode(theirs, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                break;
        }

        string[] arguments = what == "another program" ? ["-f", "/dev/null"] : ["1002"];
        var other = room.Start(theirs, arguments);
        await Eventually.HoldsAsync(() => ProcessTable.ProgramFile(other.Id) == theirs);

        Assert.Equal(isOurs, new ProcessProtection(self.Id).IsOurs(ProcessTable.Find(other.Id)!));
    }
}

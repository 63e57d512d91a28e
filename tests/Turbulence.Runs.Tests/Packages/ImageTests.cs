using System.Security.Cryptography;

namespace Turbulence.Runs.Tests.Packages;

public sealed class ImageTests(UnpackedImage image) : IClassFixture<UnpackedImage>
{
    private const string Nobody = "65532";
    private const string Program = "/usr/bin/chaos";
    private const UnixFileMode Dangerous = UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.OtherWrite;

    [Theory]
    [GateData(false)]
    [GateData(true)]
    public async Task It_runs_an_experiment_with_a_fault_as_a_user_without_rights(bool isReadOnly)
    {
        UnpackedImage.Need();
        using var precious = await OfNobodyAsync(seconds: 0);
        using var process = Start(precious, isReadOnly, "run", "experiment.json");

        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(said.Contains("Verdict: passed (exit code 0)", StringComparison.Ordinal), said + complained);
        Assert.Contains("/work/precious is there, the same file as before", said, StringComparison.Ordinal);
        Assert.True(File.Exists(precious.File));
        Assert.True(File.Exists(Path.Combine(precious.Folder, "journal.json")));
        Assert.True(precious.IsClean);
    }

    // Its guardian dies with it: nothing of a container outlives its first process. The state is in a volume.
    [GateFact]
    public async Task What_a_killed_container_left_is_taken_back_by_the_next_one_with_its_state()
    {
        UnpackedImage.Need();
        using var precious = await OfNobodyAsync(seconds: 600);
        using var killed = Start(precious, isReadOnly: true, "run", "experiment.json");
        await Eventually.HoldsAsync(() => !File.Exists(precious.File));
        killed.Kill(entireProcessTree: true);
        await killed.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var next = Start(precious, isReadOnly: true, "faults", "revert", "--all");
        await next.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, next.ExitCode);
        Assert.True(File.Exists(precious.File));
        Assert.True(precious.IsClean);
    }

    [GateFact]
    public void It_is_started_as_a_user_without_rights_and_keeps_its_state_in_a_volume()
    {
        UnpackedImage.Need();

        Assert.Equal($"{Nobody}:{Nobody}", image.Settings["User"]!.GetValue<string>());
        Assert.Equal("/work", image.Settings["WorkingDir"]!.GetValue<string>());
        Assert.Equal(Program, Assert.Single(image.Settings["Entrypoint"]!.AsArray())!.GetValue<string>());
        Assert.Contains("TURBULENCE_STATE=/state", image.Settings["Env"]!.AsArray().Select(static entry => entry!.GetValue<string>()));
        Assert.Equal("/state", Assert.Single(image.Settings["Volumes"]!.AsObject()).Key);
    }

    [GateFact]
    public async Task The_same_program_gives_the_same_bytes()
    {
        UnpackedImage.Need();
        using var folder = new TemporaryFolder();

        await new OuterProgram(Path.Combine(BuiltProgram.Root, "release", "image"), folder.Path)
            .RunAsync(BuiltProgram.Shipped("Turbulence.Cli", "chaos"), "0.1.0", folder["again"]);

        Assert.Equal(Digest(image.Archive), Digest(folder["again"]));
    }

    [GateFact]
    public void It_has_nothing_that_needs_rights_and_no_shell()
    {
        UnpackedImage.Need();
        var files = Directory.GetFiles(image.Root, "*", SearchOption.AllDirectories).Select(file => file[image.Root.Length..]).ToList();

        Assert.Equal([Program], files.Where(static file => file.Contains("bin/", StringComparison.Ordinal)));
        Assert.All(files, file => Assert.Equal(default, File.GetUnixFileMode(image.Root + file) & Dangerous));
        Assert.True(new FileInfo(image.Root + "/etc/ssl/certs/ca-certificates.crt").Length > 100_000);
    }

    private static byte[] Digest(string file) => SHA256.HashData(File.ReadAllBytes(file));

    // As a folder is mounted that its user may write.
    private static async Task<PreciousFile> OfNobodyAsync(double seconds)
    {
        var precious = new PreciousFile(Program, seconds);
        Directory.CreateDirectory(precious.State);
        await new OuterProgram("chown", precious.Folder).RunAsync("-R", $"{Nobody}:{Nobody}", precious.Folder);
        return precious;
    }

    private System.Diagnostics.Process Start(PreciousFile precious, bool isReadOnly, params string[] arguments) =>
        image.Start(precious.State, precious.Folder, isReadOnly, arguments);
}

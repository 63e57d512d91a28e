using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ChildProcessStartTests
{
    [Theory]
    [InlineData("exit 0", 0, 0)]
    [InlineData("exit 3", 3, 3)]
    [InlineData("exit 255", 255, 255)]
    [InlineData("kill -9 $$", 137, -9)]
    [InlineData("kill -TERM $$", 143, -15)]
    public async Task The_status_says_how_the_child_ended(string script, int exitCode, int returnCode)
    {
        var output = await Children.RunAsync(Children.Script(script));

        Assert.Equal((exitCode, returnCode), (output.Status.ExitCode, output.Status.ReturnCode));
        Assert.Equal(exitCode == 0, output.Status.IsSuccess);
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["", " a  b ", "$HOME", "'\"", "*", "é✓𝄞", "new\nline", new string('x', 100_000)];
        var output = await Children.RunAsync(Children.Script("for a; do printf '%s\\0' \"$a\"; done", arguments));

        Assert.Equal([.. arguments, ""], output.StandardOutput.Text().Split('\0'));
    }

    [Fact]
    public async Task The_environment_is_ours_as_managed_code_left_it()
    {
        Environment.SetEnvironmentVariable("TURBULENCE_TEST_INHERITED", "set from here");
        var output = await Children.RunAsync(Children.Script("printf %s \"$TURBULENCE_TEST_INHERITED\""));

        Assert.Equal("set from here", output.StandardOutput.Text());
    }

    [Fact]
    public async Task A_given_environment_is_the_whole_environment()
    {
        var output = await Children.RunAsync(new ProcessStartOptions
        {
            FileName = "/usr/bin/env",
            Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "é=2" },
            StandardOutput = ChildOutput.Capture(1000),
        });

        Assert.Equal(["A=1", "B=é=2"], output.StandardOutput
            .Text()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_relative_program_is_found_from_the_working_directory()
    {
        using var folder = new TemporaryFolder();
        folder.WriteProgram("here", "#!/bin/sh\npwd");
        var output = await Children.RunAsync(new ProcessStartOptions
        {
            FileName = "./here",
            WorkingDirectory = folder.Path,
            StandardOutput = ChildOutput.Capture(1000),
        });

        Assert.Equal(folder.Path, output.StandardOutput.Text().Trim());
    }

    [Fact]
    public void What_cannot_be_started_is_a_value_that_says_why()
    {
        using var folder = new TemporaryFolder();
        folder.WriteProgram("no-x", "#!/bin/sh\n", UnixFileMode.UserRead);
        folder.WriteProgram("no-interpreter", "#!/no/such/interpreter\n");
        folder.WriteProgram("no-format", "just text");

        Assert.Equal((2, "cannot start /no/such: No such file or directory"), FailureOf(new() { FileName = "/no/such" }));
        Assert.Equal((13, $"cannot start {folder["no-x"]}: Permission denied"), FailureOf(new() { FileName = folder["no-x"] }));
        Assert.Equal((13, $"cannot start {folder.Path}: Permission denied"), FailureOf(new() { FileName = folder.Path }));
        Assert.Equal(
            (2, $"cannot start {folder["no-interpreter"]}: No such file or directory"),
            FailureOf(new() { FileName = folder["no-interpreter"] }));
        Assert.Equal((8, $"cannot start {folder["no-format"]}: Exec format error"), FailureOf(new() { FileName = folder["no-format"] }));
        Assert.Equal(
            (2, "cannot start /bin/true in the directory /no/such: No such file or directory"),
            FailureOf(new() { FileName = "/bin/true", WorkingDirectory = "/no/such" }));
        Assert.Equal(
            (20, "cannot start /bin/true in the directory /bin/sh: Not a directory"),
            FailureOf(new() { FileName = "/bin/true", WorkingDirectory = "/bin/sh" }));
        Assert.Equal(
            (2, "cannot open /no/such/file: No such file or directory"),
            FailureOf(new() { FileName = "/bin/true", StandardOutput = ChildOutput.AppendTo("/no/such/file") }));
        Assert.Equal(7, FailureOf(new() { FileName = "/bin/true", Arguments = [new string('x', 200_000)] }).Number);
        Assert.Equal(22, FailureOf(new() { FileName = "/bin/true", Arguments = ["a\0b"] }).Number);
    }

    [Fact]
    public async Task The_child_has_an_identity_even_when_it_ends_at_once()
    {
        for (var i = 0; i < 20; i++)
        {
            await using var process = Children.Start(new() { FileName = "/bin/true" });
            Assert.True(process.Identity.StartTime > 0);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.False(process.Identity.IsAlive);
        }
    }

    private static (int Number, string Message) FailureOf(ProcessStartOptions options)
    {
        Assert.False(ChildProcess.TryStart(options, out _, out var failure));
        return (failure.ErrorNumber, failure.Message);
    }
}

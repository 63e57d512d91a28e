using Turbulence.Faults.Proxies;
using Turbulence.Platform.Processes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Faults.Tests.Proxies;

/// <summary>What comes of a program that does not serve proxies, and that nothing of it is left.</summary>
public sealed class ProxyHostTests
{
    private readonly RunEnvironment environment = new(mark: RunMark.New());

    [Theory]
    [InlineData("exit 3", " and ended with exit code 3; is it the program 'chaos'?")]
    [InlineData("echo cannot serve >&2; exit 64", " and ended with exit code 64: cannot serve")]
    [InlineData("echo hello; exec sleep 1000", "; is it the program 'chaos'?")]
    [InlineData("echo Listening on nothing; exec sleep 1000", "; is it the program 'chaos'?")]
    public async Task A_program_that_serves_nothing_is_named_with_its_last_words(string script, string expected)
    {
        var (process, problem) = await StartAsync(["/bin/sh", "-c", script], TestContext.Current.CancellationToken);

        Assert.Null(process);
        Assert.Equal($"'/bin/sh -c {script} proxy serve' did not begin to serve{expected}", problem);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task One_whose_API_does_not_answer_is_none()
    {
        var (process, problem) = await StartAsync(
            ["/bin/sh", "-c", "echo Listening on http://127.0.0.1:1; exec sleep 1000"], TestContext.Current.CancellationToken);

        Assert.Null(process);
        Assert.StartsWith("the proxy 'db' cannot listen on 127.0.0.1:1: ", problem, StringComparison.Ordinal);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task It_is_told_through_its_standard_input_alone_what_it_is_not_to_write()
    {
        var (_, problem) = await StartAsync(
            ["/bin/sh", "-c", """read -r token; read -r secrets; printf "%s\n" "$* ${#token} $secrets" >&2; exit 64""", "sh"],
            TestContext.Current.CancellationToken,
            new ReceiptOrder("/receipts", ["hush-\"hush\"", "two\nlines"]));
        Assert.EndsWith(
            """: proxy serve --host 127.0.0.1 --port 0 --seed 1 --token-file - --decisions /receipts --decisions-limit 16777216 --decisions-mask - 64 ["hush-\u0022hush\u0022","two\nlines"]""",
            problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_program_there_is_none()
    {
        Assert.StartsWith(
            "there is no program 'chaos'", (await StartAsync([], TestContext.Current.CancellationToken)).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "/no/such/program",
            (await StartAsync(["/no/such/program"], TestContext.Current.CancellationToken)).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        var start = StartAsync(["/bin/sh", "-c", "exec sleep 1000"], cancelled.Token);
        while (Left().Count == 0)
        {
            await Task.Yield();
        }

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Empty(Left());
    }

    private Task<(IProxyProcess? Process, string? Problem)> StartAsync(
        string[] program, CancellationToken cancellationToken, ReceiptOrder? receipts = null) => new ProxyHost(program, TimeProvider.System)
        .StartAsync(
            [new ServiceProxy("db", null, null) { Listen = "127.0.0.1:1", Upstream = "localhost:2" }],
            seed: 1,
            receipts,
            environment,
            cancellationToken);

    private List<ProcessStatus> Left() =>
        [.. ProcessTable.List().Where(process => process.IsAlive && RunMark.IsOf(process.Id, environment.Mark))];
}

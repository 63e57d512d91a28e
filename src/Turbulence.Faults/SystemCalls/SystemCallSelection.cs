using System.Globalization;
using System.Text.RegularExpressions;
using Turbulence.Documents;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.SystemCalls;

/// <summary>
/// Which system calls are meant. <c>strace</c> can choose by number, and counts for each thread by itself: a share of all calls it cannot
/// take, and none is offered.
/// </summary>
/// <param name="Calls">Their names.</param>
/// <param name="Path">The file that they are on; null for any.</param>
/// <param name="First">The first call of each thread that is hit.</param>
/// <param name="Last">The last one; 0 for no end.</param>
/// <param name="Every">One in so many.</param>
internal sealed partial record SystemCallSelection(IReadOnlyList<string> Calls, string? Path, int First, int Last, int Every)
{
    /// <summary>What it can count to.</summary>
    private const int Most = 65535;

    // A thread that is not let go runs into whatever stands behind; a signal's end that fails, too.
    private static readonly string[] CannotFail = ["exit", "exit_group", "rt_sigreturn", "sigreturn", "restart_syscall"];

    /// <summary>The arguments, for the description of a kind.</summary>
    public static IReadOnlyList<FaultArgument> Arguments { get; } =
    [
        new("call", ArgumentType.Text, "the name of the system call, as man 2 has it: connect, openat, fsync") { IsRequired = true, MayBeList = true },
        new(
            "path",
            ArgumentType.Path,
            "only calls on this file, relative to the experiment's folder: on a descriptor of it, or where the program gives its full path"),
        new("first", ArgumentType.Integer, "the first of a thread's calls that is hit; each thread's are counted by themselves")
        {
            Least = 1,
            Most = Most,
            Default = "1",
        },
        new("last", ArgumentType.Integer, "the last of a thread's calls that is hit") { Least = 1, Most = Most },
        new("every", ArgumentType.Integer, "from the first on, one in so many of a thread's calls is hit") { Least = 1, Most = Most, Default = "1" },
    ];

    /// <summary>Whether no call of these names and this file is left out.</summary>
    public bool IsAll => First == 1 && Last == 0 && Every == 1;

    /// <summary>What strace is told: which calls it prints, and what it does to which of them.</summary>
    /// <param name="effect">What it does to them, in its words.</param>
    public IEnumerable<string> Options(string effect)
    {
        var calls = string.Join(',', Calls);
        return
        [
            "-f", "-qqq", "-o", "/dev/stdout", "-e", "signal=none", "-e", "raw=all", "-e", $"trace={calls}",
            "-e", $"inject={calls}:{effect}{When}", .. Path is null ? Array.Empty<string>() : ["-P", Path],
        ];
    }

    /// <summary>For people: <c>connect and openat on /var/lib/x</c>.</summary>
    public string Text(Func<string, string> mask) => Words.List(Calls) + (Path is null ? "" : $" on {mask(Path).ReplaceLineEndings(" ")}");

    /// <summary>Which of them, for people, in words that follow what is done to them; empty for all.</summary>
    public string Which => IsAll ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", of each thread's calls {(Every == 1 ? "all" : $"one in {Every}")} from number {First} {(Last == 0 ? "on" : $"to {Last}")}");

    private string When => IsAll ? "" : string.Create(
        CultureInfo.InvariantCulture, $":when={First}{(Last == 0 ? "" : $"..{Last}")}{(Every == 1 && Last != 0 ? "" : $"+{Every}")}");

    /// <summary>Reads it; what is wrong was refused before.</summary>
    public static SystemCallSelection Read(ArgumentReader arguments, FaultRequest request) => new(
        arguments.Texts("call"),
        arguments.Text("path") is { } path ? System.IO.Path.GetFullPath(path, request.BaseDirectory) : null,
        (int)arguments.Integer("first"),
        (int)arguments.Integer("last"),
        (int)arguments.Integer("every"));

    /// <summary>What is wrong with them, as far as it is known without a look at the machine.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="canFail">Whether calls that cannot fail are left alone.</param>
    public static IEnumerable<ArgumentProblem> Problems(GivenArguments arguments, bool canFail)
    {
        foreach (var call in arguments.Texts("call").Where(call => !call.Contains("${", StringComparison.Ordinal)))
        {
            if (!Name().IsMatch(call))
            {
                yield return new("call", $"'{call}' is no name of a system call, such as connect or openat");
            }
            else if (canFail && CannotFail.Contains(call))
            {
                yield return new("call", $"{call} cannot fail: what calls it relies on not coming back, and would be destroyed");
            }
        }

        if (arguments.Integer("last") is { } last && last < (arguments.Integer("first") ?? 1))
        {
            yield return new("last", $"last is {last}, and comes before first, which is {arguments.Integer("first") ?? 1}");
        }
    }

    /// <summary>What is wrong with the name of an error; nothing where it is one.</summary>
    public static IEnumerable<ArgumentProblem> ErrorProblems(GivenArguments arguments) => arguments
        .Texts("error")
        .Where(error => !ErrorNames.All.Contains(error))
        .Select(error => new ArgumentProblem(
            "error", $"'{error}' is no error of a system call, such as EIO or ECONNREFUSED{NearestWord.Hint(error, ErrorNames.All)}"));

    [GeneratedRegex("^[a-z_][a-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

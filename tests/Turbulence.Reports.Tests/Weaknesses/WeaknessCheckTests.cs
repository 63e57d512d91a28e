using Turbulence.Reports.Runs;
using Turbulence.Reports.Weaknesses;

namespace Turbulence.Reports.Tests.Weaknesses;

public sealed class WeaknessCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Exactly_what_is_known_is_as_known()
    {
        var run = Samples.Run("deviated");
        var found = Found(run);
        Assert.NotEmpty(found);
        var check = Check(run, found);
        Assert.True(check.IsAsKnown);
        Assert.Equal((found.Count, 0, 0), (check.Found, check.New.Count, check.Gone.Count));
    }

    [Fact]
    public void One_that_is_new_is_told_with_the_entry_that_would_expect_it()
    {
        var run = Samples.Run("deviated");
        var check = Check(run, Found(run).Skip(1));
        Assert.False(check.IsAsKnown);
        var (key, text) = Assert.Single(check.New);
        Assert.NotEmpty(text);

        // As it is told, it is read.
        Assert.True(Check(run, Found(run).Skip(1), key.ToJson()).IsAsKnown);
    }

    [Fact]
    public void One_that_is_gone_has_to_leave_the_list()
    {
        var run = Samples.Run("deviated");
        KnownWeakness gone = new(run.Title, "tolerance-missed", "method", "somebody");
        var check = Check(run, [.. Found(run), gone]);
        Assert.False(check.IsAsKnown);
        Assert.Equal([gone], check.Gone);

        var passed = Samples.Run("passed");
        Assert.False(Check(passed, [gone with { Experiment = passed.Title }]).IsAsKnown);
    }

    [Fact]
    public void What_other_experiments_are_known_for_says_nothing_of_this_one()
    {
        var run = Samples.Run("passed");
        Assert.True(Check(run, [new KnownWeakness("another one", "tolerance-missed", "method", "users")]).IsAsKnown);
        Assert.True(Check(run, []).IsAsKnown);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("inconclusive")]
    [InlineData("interrupted")]
    [InlineData("dry")]
    [InlineData("running")]
    [InlineData("needs-a-person")]
    public void A_run_that_found_out_nothing_is_held_against_nothing(string name) =>
        Assert.Null(WeaknessCheck.Of(Samples.Run(name), Read("""{ "weaknesses": [] }""").List!));

    [Fact]
    public void Where_a_person_is_needed_nothing_is_as_known()
    {
        var run = Samples.Run("deviated");
        Assert.Null(WeaknessCheck.Of(run with { NeedsAPerson = true }, Read(List(Found(run))).List!));
    }

    [Fact]
    public void A_deviation_that_nothing_in_the_journal_explains_is_none_that_is_known()
    {
        var run = Samples.Run("passed") with { Verdict = ReportedVerdict.Deviated };
        var check = Check(run, []);
        Assert.False(check.IsAsKnown);
        Assert.Empty(check.New);
        Assert.Empty(check.Gone);
    }

    [Theory]
    [InlineData("", "is not JSON: line 1, byte 1")]
    [InlineData("[]", "it has to be an object with the list 'weaknesses'")]
    [InlineData("""{ "weaknesses": {} }""", "it has to be an object with the list 'weaknesses'")]
    [InlineData("""{ "weaknesses": [], "weakneses": [] }""", "nobody knows the key 'weakneses'")]
    [InlineData("""{ "weaknesses": [7] }""", "/weaknesses/0: it has to be an object")]
    [InlineData("""{ "weaknesses": [{ "experiment": "e", "rule": "tolerance-missed" }] }""", "/weaknesses/0: 'stage' is missing")]
    [InlineData("""{ "weaknesses": [{ "experiment": 7, "rule": "r", "stage": "s" }] }""", "/weaknesses/0: 'experiment' has to be a text")]
    [InlineData("""{ "weaknesses": [{ "title": "e", "rule": "r", "stage": "s" }] }""", "/weaknesses/0: nobody knows the key 'title'; there are experiment, rule, stage, activity, why")]
    [InlineData(
        """{ "weaknesses": [{ "experiment": "e", "rule": "fault-not-taken-back", "stage": "faults" }] }""",
        "/weaknesses/0: 'fault-not-taken-back' is no rule that may be expected; there are steady-state-missed, tolerance-missed, users-felt-more")]
    [InlineData(
        """{ "weaknesses": [{ "experiment": "e", "rule": "tolerance-missed", "stage": "s" }, { "experiment": "e", "rule": "tolerance-missed", "stage": "s", "why": "again" }] }""",
        "/weaknesses/1: it stands there twice")]
    public void A_list_that_is_wrong_is_told_and_not_used(string text, string problem)
    {
        var (list, told) = Read(text);
        Assert.Null(list);
        Assert.EndsWith(problem, told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_not_there_is_told() => Assert.NotNull(KnownWeaknesses.Read(folder["none.json"]).Problem);

    private static List<KnownWeakness> Found(ReportedRun run) =>
        [.. Weakness.Of(run).Select(one => KnownWeakness.Of(one, run.Title)).Distinct()];

    private WeaknessCheck Check(ReportedRun run, IEnumerable<KnownWeakness> known, params string[] more) =>
        WeaknessCheck.Of(run, Read(List(known, more)).List!)!;

    private static string List(IEnumerable<KnownWeakness> known, params string[] more) =>
        $$"""{ "weaknesses": [{{string.Join(',', known.Select(static one => one.ToJson()).Concat(more))}}] }""";

    private (KnownWeaknesses? List, string? Problem) Read(string text)
    {
        File.WriteAllText(folder["weaknesses.json"], text);
        return KnownWeaknesses.Read(folder["weaknesses.json"]);
    }
}

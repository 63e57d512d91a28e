using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;

namespace Turbulence.Tests.Controls;

/// <summary>Section 9.3: which controls apply, in what order, as the reference has it and as we do.</summary>
public sealed class ControlOrderTests
{
    /// <summary>
    /// G, T and L (a name; <c>-x</c> is not automatic, <c>@x</c> is a ref), the level, then what applies in compatibility mode and
    /// in the default mode.
    /// </summary>
    public static TheoryData<string, string, string, ControlLevel, string, string> Rows { get; } = new()
    {
        { "", "", "", ControlLevel.Activity, "", "" },
        { "g", "t", "", ControlLevel.Loader, "g", "g" },
        { "g", "", "", ControlLevel.Experiment, "g", "g" },
        { "g", "", "", ControlLevel.Method, "g", "g" },
        { "g h", "", "l m", ControlLevel.Activity, "g h l m", "g h l m" },
        { "g h", "", "l", ControlLevel.Hypothesis, "g h l", "g h l" },
        { "g", "t -u", "", ControlLevel.Experiment, "g t u", "g t u" },
        { "g", "t -u", "", ControlLevel.Method, "t", "g t" },
        { "g", "t -u", "", ControlLevel.Rollback, "t", "g t" },
        { "", "t -u v", "", ControlLevel.Activity, "t v", "t v" },
        { "", "t -u v", "", ControlLevel.Hypothesis, "t v", "t v" },
        { "", "t u", "l", ControlLevel.Activity, "t u l", "t u l" },
        { "", "t u", "l m", ControlLevel.Activity, "t u t u l m", "t u l m" },
        { "g", "t", "l", ControlLevel.Hypothesis, "t t g l", "g t l" },
        { "g", "t", "", ControlLevel.Activity, "t g", "g t" },
        { "", "t u", "t", ControlLevel.Activity, "u t", "u t" },
        { "", "t u", "t m", ControlLevel.Activity, "u t u t m", "u t m" },
        { "t", "t", "", ControlLevel.Activity, "t", "t" },
        { "t", "t", "", ControlLevel.Experiment, "t t", "t" },
        { "", "-t u", "@t", ControlLevel.Activity, "t", "u t" },
        { "", "-t u", "l @t", ControlLevel.Activity, "u l t", "u l t" },
        { "", "t", "@t", ControlLevel.Activity, "t", "t" },
        { "", "t", "@x", ControlLevel.Activity, "", "t" },
        { "g", "-t", "@g", ControlLevel.Activity, "g", "g" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void As_the_reference(string global, string top, string local, ControlLevel level, string reference, string ours)
    {
        Assert.NotNull(ours);
        Assert.Equal(reference, Names(Order(global, top, Compatibility.ChaosToolkit).Before(level, Subject(local))));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void As_we_do(string global, string top, string local, ControlLevel level, string reference, string ours)
    {
        Assert.NotNull(reference);
        Assert.Equal(ours, Names(Order(global, top, Compatibility.None).Before(level, Subject(local))));
    }

    [Fact]
    public void After_hooks_come_in_reverse_and_in_the_reference_in_the_same_order()
    {
        ControlDeclaration[] controls = [ControlDeclaration.Of(Declare("a")), ControlDeclaration.Of(Declare("b"))];
        Assert.Equal("b a", Names(Order("", "", Compatibility.None).After(controls)));
        Assert.Equal("a b", Names(Order("", "", Compatibility.ChaosToolkit).After(controls)));
    }

    [Fact]
    public void An_inner_declaration_of_a_name_is_the_one_that_counts()
    {
        var local = new JsonObject { ["name"] = "t", ["mine"] = true };
        var order = Order("", "t", Compatibility.None).Before(
            ControlLevel.Activity, new JsonObject { ["controls"] = new JsonArray(local) });
        Assert.Same(local, Assert.Single(order).Declaration);
    }

    [Fact]
    public void Controls_without_a_name_are_not_taken_for_each_other()
    {
        var subject = new JsonObject { ["controls"] = new JsonArray(new JsonObject(), new JsonObject()) };
        Assert.Equal(2, Order("", "", Compatibility.None).Before(ControlLevel.Activity, subject).Count);
    }

    [Fact]
    public void Where_there_are_no_controls_nothing_is_allocated()
    {
        var order = Order("", "", Compatibility.None);
        var subject = new JsonObject { ["name"] = "a" };
        Assert.Empty(order.Before(ControlLevel.Activity, subject));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = order.Before(ControlLevel.Activity, subject).Count;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, count);
    }

    private static string Names(IEnumerable<ControlDeclaration> controls) =>
        string.Join(' ', controls.Where(control => control.Reference is null).Select(control => control.Name));

    private static ControlOrder Order(string global, string top, Compatibility compatibility)
    {
        var document = new JsonObject();
        if (top.Length > 0)
        {
            document["controls"] = List(top);
        }

        return new ControlOrder([.. Split(global).Select(name => new ControlDeclaration(name, Declare(name)))], document, compatibility);
    }

    private static JsonObject Subject(string local) => local.Length == 0 ? [] : new JsonObject { ["controls"] = List(local) };

    private static JsonArray List(string names) => [.. Split(names).Select(Declare)];

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject Declare(string word) => word[0] switch
    {
        '@' => new JsonObject { ["ref"] = word[1..] },
        '-' => ScriptedControls.Declare(word[1..], new JsonObject { ["automatic"] = false }),
        _ => ScriptedControls.Declare(word),
    };
}

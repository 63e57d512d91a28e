using System.Text;
using Turbulence.Reports.Formats;

namespace Turbulence.Reports.Tests.Pages;

/// <summary>Who called whom, on the page of a run in which a probe has watched a process from the inside.</summary>
public sealed class SpanMapTests
{
    private const string In =
        """{"source":"Web","operation":"In","kind":"server","tags":{"http.route":"/a"},"caller":null,"count":152,"errors":0,"p50_ms":2.05,"p99_ms":229}""";

    private const string Out =
        """{"source":"Http","operation":"Http.Out","kind":"client","tags":{"server.address":"db"},"caller":"Web In /a","count":102,"errors":7,"p50_ms":1.15,"p99_ms":115,"faults":[{"name":"x"}]}""";

    [Fact]
    public void Each_operation_stands_right_of_its_caller_and_in_the_table()
    {
        var run = Samples.ReadText(Journal(Map(In, Out))).Run!;
        var map = Assert.Single(run.SpanMaps);
        Assert.Equal(("process 7 (web)", 3.0, "map"), (map.Process, map.Seconds!.Value, map.Activity));
        Assert.Equal(["Web In", "Http Http.Out"], map.Operations.Select(static one => one.Name));

        var page = Page(Journal(Map(In, Out)));
        Assert.Contains("<h2 id=\"spans\">Who called whom</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<svg x=\"0\" y=\"4\"", page, StringComparison.Ordinal);
        Assert.Contains("<svg x=\"340\" y=\"4\"", page, StringComparison.Ordinal);
        Assert.Single(page.Split("class=\"edge missed\"").Skip(1));
        Assert.Contains("Out: 102×, p99 115 ms, ✗ 7 failed", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Http Http.Out (db)</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_that_call_each_other_in_a_circle_are_each_shown_once()
    {
        var page = Page(Journal(Map(
            """{"source":"A","operation":"a","caller":"B b","count":1}""", """{"source":"B","operation":"b","caller":"A a","count":1}""",
            """{"source":"C","operation":"c","caller":"C c","count":1}""")));
        Assert.Equal(3, page.Split("class=\"node\"").Length - 1);
    }

    [Fact]
    public void A_process_that_did_nothing_is_said_to_have_done_nothing() =>
        Assert.Contains("It did nothing that has a span.", Page(Journal(Map())), StringComparison.Ordinal);

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"process":3,"operations":[]}""")]
    public void Without_a_map_nothing_is_shown(string output) =>
        Assert.DoesNotContain("Who called whom", Page(Journal(output)), StringComparison.Ordinal);

    [Fact]
    public void Whatever_stands_in_a_map_is_shown_as_text()
    {
        var page = Page(Journal(Map(
            """{"source":"<script>","operation":{"x":1},"caller":[1],"count":"many","errors":-1,"tags":[1],"p50_ms":"x"}""", "7", "null", "[[]]",
            """{"source":"s","operation":"","tags":{"a":"</svg><img>","b":{"c":1}}}""")));
        Assert.DoesNotContain("<img>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/svg&gt;", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("class=\"node\"").Length - 1);
    }

    [Fact]
    public void Of_very_many_operations_as_many_are_shown_as_anybody_reads()
    {
        var page = Page(Journal(Map([.. Enumerable.Range(0, 3_000).Select(static number =>
            $$"""{"source":"s{{number}}","operation":"o","caller":"s{{number - 1}} o","count":1}""")])));
        Assert.Equal(60, page.Split("class=\"node\"").Length - 1);
    }

    private static string Map(params string[] operations) =>
        """{"process":"process 7 (web)","seconds":3,"operations":[""" + string.Join(',', operations) + "]}";

    private static string Journal(string output) =>
        """{"experiment":{"title":"t"},"steady_states":{},"run":[{"activity":{"type":"probe","name":"map","provider":{"type":"spans"}},"output":"""
        + output + ",\"status\":\"succeeded\"}],\"rollbacks\":[],\"status\":\"completed\"}";

    private static string Page(string journal)
    {
        using var target = new MemoryStream();
        ReportFormats.Named("html")!.Write(new Report([Samples.ReadText(journal)]), target);
        return Encoding.UTF8.GetString(target.ToArray());
    }
}

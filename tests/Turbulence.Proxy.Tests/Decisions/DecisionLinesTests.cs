namespace Turbulence.Proxy.Tests.Decisions;

public sealed class DecisionLinesTests
{
    [Fact]
    public void What_only_one_run_saw_is_left_out_and_the_rest_is_sorted()
    {
        var read = DecisionLines.Read(
        [
            """{"seed":7,"seen":{"at":"2026-11-29T04:00:00.0000000Z"}}""",
            """{"proxy":"b","toxic":"t","connection":2,"seen":{"at":"2026-11-29T04:00:01.0000000Z"}}""",
            """{"proxy":"a","toxic":"t","method":"GET","path":"/x","occurrence":1,"seen":{"at":"2026-11-29T04:00:02.0000000Z","connection":9,"request":4}}""",
            "",
            """{"lost":3,"seen":{"at":"2026-11-29T04:00:03.0000000Z"}}""",
            """{"proxy":"a","to""",
        ]);
        Assert.Equal(
            [
                """{"seed":7}""",
                """{"lost":3}""",
                """{"proxy":"a","toxic":"t","method":"GET","path":"/x","occurrence":1}""",
                """{"proxy":"b","toxic":"t","connection":2}""",
            ],
            read.Lines);
        Assert.Equal(1, read.Unreadable);
    }

    [Fact]
    public void The_last_of_several_logs_in_a_file_is_read()
    {
        var read = DecisionLines.Read(
            ["""{"seed":1}""", """{"proxy":"a","toxic":"t","connection":1}""", "{", """{"seed":2}""", """{"proxy":"a","toxic":"t","connection":5}"""]);
        Assert.Equal(["""{"seed":2}""", """{"proxy":"a","toxic":"t","connection":5}"""], read.Lines);
        Assert.Equal(0, read.Unreadable);
    }
}

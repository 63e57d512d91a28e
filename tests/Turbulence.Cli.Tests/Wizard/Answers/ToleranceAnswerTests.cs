using Turbulence.Cli.Wizard.Answers;

namespace Turbulence.Cli.Tests.Wizard.Answers;

public sealed class ToleranceAnswerTests
{
    [Theory]
    [InlineData("http", "200", "200")]
    [InlineData("http", "[200, 204, 301]", "[200,204,301]")]
    [InlineData("http", "/a|b/", """{"type":"regex","pattern":"a|b","target":"body"}""")]
    [InlineData("process", "0", "0")]
    [InlineData("process", "/^up$/", """{"type":"regex","pattern":"^up$","target":"stdout"}""")]
    [InlineData("process", "${expected}", "\"${expected}\"")]
    [InlineData("python", "true", "true")]
    [InlineData("python", "[1, 2]", "[1,2]")]
    [InlineData("python", "ready", "\"ready\"")]
    [InlineData("python", "\"5\"", "\"5\"")]
    [InlineData("dotnet", "/ready/", """{"type":"regex","pattern":"ready"}""")]
    [InlineData("dotnet", "/", "\"/\"")]
    [InlineData("dotnet", "//", "\"//\"")]
    [InlineData("dotnet", """{"type": "range", "range": [1, 5]}""", """{"type":"range","range":[1,5]}""")]
    public void Section_15_A22_a_tolerance_has_its_type(string provider, string answer, string json)
    {
        Assert.Null(ToleranceAnswer.Read(answer, provider, null, out var tolerance));
        Assert.Equal(json, tolerance!.ToJsonString(TestJson.Relaxed));
    }

    [Theory]
    [InlineData("http", "OK", "a text is never equal to the whole result; a number is held against the status, and /OK/ against the body")]
    [InlineData("process", "true", "nothing here is true or false; a number is held against the status, and /pattern/ against the stdout")]
    [InlineData("dotnet", "1.5", "a fraction is no tolerance; a range is {\"type\": \"range\", \"range\": [1, 2]}")]
    [InlineData("dotnet", "null", "null is no tolerance")]
    [InlineData("dotnet", "[1, 2", "that begins like JSON and is none")]
    [InlineData("dotnet", "{type: regex}", "that begins like JSON and is none")]
    public void What_no_output_ever_meets_is_refused(string provider, string answer, string problem) =>
        Assert.Equal(problem, ToleranceAnswer.Read(answer, provider, null, out _));

    [Theory]
    [InlineData("string", "5", "\"5\"")]
    [InlineData("string", "true", "\"true\"")]
    [InlineData("string", "[\"a\", \"b\", \"c\"]", """["a","b","c"]""")]
    [InlineData("integer", "5", "5")]
    [InlineData("number", "[1, 2.5]", "[1,2.5]")]
    [InlineData("integer", "${limit}", "\"${limit}\"")]
    [InlineData("boolean", "false", "false")]
    [InlineData("mapping", "{\"type\": \"jsonpath\", \"path\": \"$.a\"}", """{"type":"jsonpath","path":"$.a"}""")]
    public void The_type_of_the_output_decides_where_it_is_known(string type, string answer, string json)
    {
        Assert.Null(ToleranceAnswer.Read(answer, "python", type, out var tolerance));
        Assert.Equal(json, tolerance!.ToJsonString(TestJson.Relaxed));
    }

    [Theory]
    [InlineData("integer", "many", "its output is a number")]
    [InlineData("number", "true", "its output is a number")]
    [InlineData("boolean", "1", "its output is true or false")]
    [InlineData("boolean", "yes", "its output is true or false")]
    public void A_tolerance_of_another_type_is_refused(string type, string answer, string problem) =>
        Assert.Equal(problem, ToleranceAnswer.Read(answer, "python", type, out _));
}

using System.Text.Json.Nodes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Tests.Services;

public sealed class ServicePlaceholdersTests
{
    private static readonly ResolvedValues Values = new(new JsonObject
    {
        ["port"] = 5432,
        ["HOME"] = "/nowhere",
    }, new JsonObject { ["db"] = new JsonObject { ["password"] = "s3cr$$et" } });

    [Theory]
    [InlineData("-p ${port}", "-p 5432")]
    [InlineData("${password}", "s3cr$$et")]
    [InlineData("echo $$ > pid; echo $HOME ${HOME}", "echo $$ > pid; echo $HOME /nowhere")]
    [InlineData("$${port} $$${port} $${ port}", "${port} $${port} $${ port}")]
    [InlineData("ready$", "ready$")]
    [InlineData("${} ${1} ${port", "${} ${1} ${port")]
    public void Only_a_name_in_braces_is_one_and_every_other_dollar_sign_is_the_shells(string written, string expected)
    {
        List<string> unresolved = [];
        Assert.Equal(expected, ServicePlaceholders.Apply(JsonValue.Create(written), Values, unresolved)!.ToString());
        Assert.Empty(unresolved);
    }

    [Theory]
    [InlineData("a ${port}", true)]
    [InlineData("$$ ${port}", true)]
    [InlineData("$${port}", false)]
    [InlineData("$${port} ${port}", true)]
    [InlineData("${port", false)]
    [InlineData("$port", false)]
    public void It_is_known_before_a_run_which_texts_hold_one(string written, bool holds) =>
        Assert.Equal(holds, ServicePlaceholders.IsIn(JsonValue.Create(written)));

    [Fact]
    public void It_reaches_every_depth_and_a_name_without_a_value_is_told()
    {
        List<string> unresolved = [];
        var replaced = ServicePlaceholders.Apply(
            JsonNode.Parse("""{ "run": ["a", "${port}"], "env": { "P": "${password} ${nobody}" }, "n": 1 }"""), Values, unresolved);
        Assert.Equal("""{"run":["a",5432],"env":{"P":"s3cr$$et ${nobody}"},"n":1}""", replaced!.ToJsonString());
        Assert.Equal(["nobody"], unresolved);
    }
}

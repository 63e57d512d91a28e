using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class SubstitutionTests
{
    private static readonly ResolvedValues Values = new(
        Json.Map(
            """{"name":"primary","port":8002,"ratio":1.0,"on":true,"none":null,"list":[1,"a"],"map":{"k":[1]},"again":"${name}","both":"configuration","_x1":"u"}"""),
        Json.Map("""{"first":{"both":"secret","token":"one"},"scalar":"text","second":{"token":"two","other":"three"}}"""));

    [Theory]
    [InlineData("${name}", "primary")]
    [InlineData("$name", "primary")]
    [InlineData("at ${name}:$port!", "at primary:8002!")]
    [InlineData("${_x1}", "u")]
    [InlineData("$$", "$")]
    [InlineData("$${name}", "${name}")]
    [InlineData("$$name", "$name")]
    [InlineData("$5", "$5")]
    [InlineData("$.", "$.")]
    [InlineData("${a-b}", "${a-b}")]
    [InlineData("${a.b}", "${a.b}")]
    [InlineData("${}", "${}")]
    [InlineData("${1a}", "${1a}")]
    [InlineData("${name", "${name")]
    [InlineData("trailing $", "trailing $")]
    [InlineData("${NAME}", "${NAME}")]
    [InlineData("${namé}", "${namé}")]
    [InlineData("$name-x", "primary-x")]
    public void Section_5_1_Syntax(string text, string expected)
    {
        Assert.Equal(expected, Substitution.Apply(text, Values)!.GetValue<string>());
    }

    [Theory]
    [InlineData("${both}", "configuration")]
    [InlineData("${token}", "one")]
    [InlineData("${other}", "three")]
    [InlineData("${first}", "${first}")]
    [InlineData("${scalar}", "${scalar}")]
    [InlineData("${again}", "${name}")]
    [InlineData("x${again}", "x${name}")]
    public void Section_5_2_Lookup(string text, string expected)
    {
        Assert.Equal(expected, Substitution.Apply(text, Values)!.GetValue<string>());
    }

    [Theory]
    [InlineData("\"${port}\"", "8002")]
    [InlineData("\"$port\"", "\"8002\"")]
    [InlineData("\"${ratio}\"", "1.0")]
    [InlineData("\"${on}\"", "true")]
    [InlineData("\"$on\"", "\"True\"")]
    [InlineData("\"${none}\"", "null")]
    [InlineData("\"a ${none}\"", "\"a None\"")]
    [InlineData("\"${list}\"", "[1,\"a\"]")]
    [InlineData("\"${map}\"", "{\"k\":[1]}")]
    [InlineData("\"=${map}\"", "\"={'k': [1]}\"")]
    [InlineData("\" ${port}\"", "\" 8002\"")]
    [InlineData("{\"${name}\":[\"${port}\",[\"${on}\"],1,null]}", "{\"${name}\":[8002,[true],1,null]}")]
    [InlineData("8", "8")]
    [InlineData("null", "null")]
    public void Section_5_3_Types(string template, string expected)
    {
        Json.Same(expected, Substitution.Apply(Json.Of(template), Values));
    }

    [Fact]
    public void Section_5_2_A_name_without_a_value_stays_and_is_told()
    {
        var unresolved = new List<string>();

        var value = Substitution.Apply(Json.Of("""["${gone}","a ${lost} $dollar ${name}","${a-b}"]"""), Values, unresolved);

        Json.Same("""["${gone}","a ${lost} $dollar primary","${a-b}"]""", value);
        Assert.Equal(["gone", "lost"], unresolved);
    }

    [Fact]
    public void What_is_put_in_is_a_copy()
    {
        var values = new ResolvedValues(Json.Map("""{"map":{"k":1}}"""), []);

        Substitution.Apply("${map}", values)!["k"] = 2;

        Json.Same("""{"map":{"k":1}}""", values.Configuration);
    }

    [Fact]
    public void Any_JSON_is_substituted_without_a_throw_and_without_a_change_to_what_goes_in()
    {
        Gen.Select(Json.Any, Json.Any, Json.Any).Sample(
            (template, a, b) =>
            {
                var values = new ResolvedValues(
                    new JsonObject { ["a"] = a?.DeepClone() }, new JsonObject { ["s"] = new JsonObject { ["b"] = b?.DeepClone() } });
                var before = (template?.ToJsonString(), values.Configuration.ToJsonString(), values.Secrets.ToJsonString());

                Substitution.Apply(template, values, []);

                Assert.Equal(before, (template?.ToJsonString(), values.Configuration.ToJsonString(), values.Secrets.ToJsonString()));
            },
            iter: 500);
    }

    [Fact]
    public void A_text_without_a_dollar_sign_stays_as_it_is()
    {
        Gen.Select(Gen.String, Json.Any).Sample(
            (text, a) =>
            {
                text = text.Replace("$", "", StringComparison.Ordinal);
                Assert.Equal(
                    text, Substitution.Apply(text, new ResolvedValues(new JsonObject { ["a"] = a?.DeepClone() }, []))!.GetValue<string>());
            },
            iter: 500);
    }

    [Fact]
    public void Exactly_one_braced_name_keeps_the_type()
    {
        Json.Any.Sample(
            a => Assert.True(
                JsonNode.DeepEquals(a, Substitution.Apply("${a}", new ResolvedValues(new JsonObject { ["a"] = a?.DeepClone() }, [])))),
            iter: 500);
    }

    [Fact]
    public void A_text_with_half_a_character_is_a_text_and_a_map_that_cannot_be_read_stays()
    {
        Assert.Equal("\ud800 primary", Substitution.Apply(Json.Of("""["\ud800 ${name}"]"""), Values)![0]!.GetValue<string>());
        Assert.Equal("""{"a":"${name}","a":1}""", Substitution.Apply(Json.Of("""{"a":"${name}","a":1}"""), Values)!.ToJsonString());
    }
}

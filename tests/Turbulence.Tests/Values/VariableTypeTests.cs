using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class VariableTypeTests
{
    [Theory]
    [InlineData(null, "\" x \"", "\" x \"")]
    [InlineData("str", "\"1\"", "\"1\"")]
    [InlineData("string", "7", "7")]
    [InlineData("int", "\"80\"", "80")]
    [InlineData("integer", "\" -1_000 \"", "-1000")]
    [InlineData("int", "\"007\"", "7")]
    [InlineData("int", "\"-0\"", "0")]
    [InlineData("int", "80", "80")]
    [InlineData("int", "80.9", "80")]
    [InlineData("int", "true", "1")]
    [InlineData("int", "\"123456789012345678901234567890\"", "123456789012345678901234567890")]
    [InlineData("float", "\"80\"", "80.0")]
    [InlineData("number", "\" 1_0.5 \"", "10.5")]
    [InlineData("float", "\"1e400000\"", null)]
    [InlineData("float", "\"1e20\"", "1e+20")]
    [InlineData("float", "false", "0.0")]
    [InlineData("float", "\"nan\"", null)]
    [InlineData("bytes", "\"é\"", "\"é\"")]
    [InlineData("bytes", "1", null)]
    [InlineData("bool", "\"false\"", "false")]
    [InlineData("bool", "\"No\"", "false")]
    [InlineData("bool", "\"0\"", "false")]
    [InlineData("bool", "\"\"", "true")]
    [InlineData("bool", "\"off\"", "true")]
    [InlineData("bool", "\"TRUE\"", "true")]
    [InlineData("bool", "false", "false")]
    [InlineData("bool", "0", "false")]
    [InlineData("bool", "[]", null)]
    [InlineData("json", "\"\"", "\"\"")]
    [InlineData("json", "null", "null")]
    [InlineData("json", "[1]", "[1]")]
    [InlineData("json", "\"{\\\"a\\\":1,\\\"a\\\":[1.0]}\"", "{\"a\":[1.0]}")]
    [InlineData("json", "\"{\"", null)]
    [InlineData("json", "\"NaN\"", null)]
    [InlineData("json", "\"{\\\"\\\\ud800\\\":1}\"", null)]
    public void Section_4_2_Conversions(string? type, string value, string? expected)
    {
        var (converted, failure, _) = VariableType.Convert(Json.Of(value), type);

        Assert.Equal(expected is null, failure is not null);
        Json.Same(expected ?? "null", converted);
    }

    [Theory]
    [InlineData("int", "\"x\"", "invalid literal for int() with base 10: 'x'")]
    [InlineData("int", "\"1__0\"", "invalid literal for int() with base 10: '1__0'")]
    [InlineData("int", "null", "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'")]
    [InlineData("int", "[]", "int() argument must be a string, a bytes-like object or a real number, not 'list'")]
    [InlineData("int", "1e400", "cannot convert float infinity to integer")]
    [InlineData("float", "\"1,5\"", "could not convert string to float: '1,5'")]
    [InlineData("float", "{}", "float() argument must be a string or a real number, not 'dict'")]
    [InlineData("Int", "\"1\"", "variable type can only be: bool, str, int, float, bytes or json")]
    [InlineData("", "\"1\"", "variable type can only be: bool, str, int, float, bytes or json")]
    public void Section_4_2_What_cannot_be_converted_is_told_in_the_reference_s_words(string type, string value, string failure)
    {
        Assert.Equal(failure, VariableType.Convert(Json.Of(value), type).Failure);
    }

    [Theory]
    [InlineData("off", true)]
    [InlineData("", true)]
    [InlineData("n", true)]
    [InlineData("true", false)]
    [InlineData("Yes", false)]
    [InlineData("no", false)]
    public void A_text_that_is_true_only_by_rule_is_worth_a_warning(string text, bool warns)
    {
        Assert.Equal(warns, VariableType.Convert(text, "bool").Warning is not null);
    }
}

using System.Text.Json.Nodes;
using Turbulence.Python;

namespace Turbulence.Tests.Values;

public sealed class PythonTextTests
{
    [Theory]
    [InlineData("null", "None")]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.0", "1.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1e2", "100.0")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("0.00012345", "0.00012345")]
    [InlineData("1234567890123456.0", "1234567890123456.0")]
    [InlineData("9999999999999998.0", "9999999999999998.0")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1e400", "inf")]
    [InlineData("-1e400", "-inf")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("""{"k":[1,"a",null,{"x":true}]}""", "{'k': [1, 'a', None, {'x': True}]}")]
    public void Section_5_3_A_value_in_a_text_is_written_as_Python_writes_it(string json, string text)
    {
        Assert.Equal(text, PythonText.Of(Json.Of(json)));
    }

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("a \"b\"", "'a \"b\"'")]
    [InlineData("it's \"b\"", "'it\\'s \"b\"'")]
    [InlineData("\\ \n\r\t", @"'\\ \n\r\t'")]
    [InlineData("\0\u001f\u007f\u0080\u00a0\u00ad", @"'\x00\x1f\x7f\x80\xa0\xad'")]
    [InlineData("\u200b\u2028\u3000\ue000\ufeff\u0378", @"'\u200b\u2028\u3000\ue000\ufeff\u0378'")]
    [InlineData("é€😀", "'é€😀'")]
    [InlineData("\U000e0001\U0010ffff", @"'\U000e0001\U0010ffff'")]
    public void A_text_within_a_value_is_quoted_as_Python_quotes_it(string value, string text)
    {
        Assert.Equal($"[{text}]", PythonText.Of(new JsonArray(value)));
    }

    [Fact]
    public void A_float_made_in_memory_stays_a_float()
    {
        Assert.Equal("[1.0, nan, inf, 1]", PythonText.Of(new JsonArray(1.0, double.NaN, double.PositiveInfinity, 1)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_escaped()
    {
        Assert.Equal(@"'\ud800x\udc00'", PythonText.Representation("\ud800x\udc00"));
    }

    [Fact]
    public void A_value_that_has_no_text_of_its_own_does_no_harm()
    {
        Assert.Equal("['\\ud800']", PythonText.Of(Json.Of("""["\ud800"]""")));
        Assert.Equal("2024-01-02T00:00:00", PythonText.Of(JsonValue.Create(new DateTime(2024, 1, 2))));
    }
}

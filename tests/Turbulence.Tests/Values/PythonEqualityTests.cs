using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Python;

namespace Turbulence.Tests.Values;

public sealed class PythonEqualityTests
{
    [Theory]
    [InlineData("1", "true")]
    [InlineData("1.0", "true")]
    [InlineData("0", "false")]
    [InlineData("-0.0", "0")]
    [InlineData("1", "1.0")]
    [InlineData("0.1", "0.1000000000000000055")]
    [InlineData("1e400", "2e400")]
    [InlineData("9007199254740992", "9007199254740992.0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("null", "null")]
    [InlineData("\"a\"", "\"\\u0061\"")]
    [InlineData("\"\\ud800\"", "\"\\uD800\"")]
    [InlineData("[1,[true]]", "[1.0,[1]]")]
    [InlineData("""{"a":1,"b":[]}""", """{"b":[],"a":true}""")]
    public void These_are_equal(string left, string right) => Assert.True(Equal(left, right));

    [Theory]
    [InlineData("1", "\"1\"")]
    [InlineData("null", "false")]
    [InlineData("null", "0")]
    [InlineData("\"\"", "null")]
    [InlineData("2", "true")]
    [InlineData("9007199254740993", "9007199254740992.0")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e308", "1")]
    [InlineData("1", "1e400")]
    [InlineData("1", "1.5")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("[1]", "[1,2]")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[]", "{}")]
    [InlineData("[]", "false")]
    [InlineData("""{"a":1}""", """{"b":1}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("""{"a":null}""", """{"b":null}""")]
    [InlineData("""{"a":1,"a":1}""", """{"a":1}""")]
    public void These_are_not(string left, string right) => Assert.False(Equal(left, right));

    [Fact]
    public void NaN_is_not_itself() => Assert.False(PythonEquality.Equal(double.NaN, double.NaN));

    [Fact]
    public void Values_may_be_deep()
    {
        var deep = new string('[', 2_000) + "1" + new string(']', 2_000);
        Assert.True(PythonEquality.Equal(JsonPaths.Selection.Document(deep), JsonPaths.Selection.Document(deep)));
    }

    [Fact]
    public void An_integer_and_a_float_are_compared_exactly() =>
        Gen.Select(Gen.Long, Gen.Double).Sample((integer, number) =>
        {
            if (!double.IsFinite(number) || Math.Abs(number) > 1e28)
            {
                return;
            }

            // A decimal holds the whole part of a double below 10^28, and a fraction decides only between whole parts that are equal.
            var whole = new System.Numerics.BigInteger(Math.Floor(number));
            var expected = new System.Numerics.BigInteger(integer).CompareTo(whole);
            expected = expected == 0 && Math.Floor(number) < number ? -1 : expected;
            var written = JsonNode.Parse(number.ToString("E17", System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(PythonNumber.TryCompare(integer, written, out var order));
            Assert.Equal(Math.Sign(expected), Math.Sign(order));
        });

    private static bool Equal(string left, string right)
    {
        var equal = PythonEquality.Equal(JsonNode.Parse(left), JsonNode.Parse(right));
        Assert.Equal(equal, PythonEquality.Equal(JsonNode.Parse(right), JsonNode.Parse(left)));
        return equal;
    }
}

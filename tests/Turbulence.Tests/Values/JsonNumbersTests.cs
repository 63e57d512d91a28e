using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Json;

namespace Turbulence.Tests.Values;

public sealed class JsonNumbersTests
{
    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("1", "10e-1", 0)]
    [InlineData("0", "-0.0e5", 0)]
    [InlineData("100", "1E2", 0)]
    [InlineData("1e400", "10e399", 0)]
    [InlineData("9007199254740992", "9007199254740993", -1)]
    [InlineData("0.1", "0.10000000000000000000000000000000001", -1)]
    [InlineData("-2", "-1", -1)]
    [InlineData("-1e400", "1e-400", -1)]
    [InlineData("99999999999999999999999999999999999999", "1e38", -1)]
    [InlineData("1e99999999999999999999", "2", 1)]
    [InlineData("1e-99999999999999999999", "0", 1)]
    public void Numbers_are_compared_with_all_their_digits(string left, string right, int expected)
    {
        Assert.True(JsonNumbers.TryCompare(JsonNode.Parse(left), JsonNode.Parse(right), out var order));
        Assert.Equal(expected, Math.Sign(order));
        Assert.True(JsonNumbers.TryCompare(JsonNode.Parse(right), JsonNode.Parse(left), out order));
        Assert.Equal(-expected, Math.Sign(order));
    }

    [Fact]
    public void The_type_behind_a_value_does_not_matter()
    {
        JsonNode[] ones = [1, 1L, 1u, 1UL, (short)1, (byte)1, 1.0, 1f, 1m, 1.00m, JsonNode.Parse("1.0")!];
        Assert.All(ones, one => Assert.All(ones, other => Assert.True(JsonNumbers.TryCompare(one, other, out var order) && order == 0)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"1\"")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void What_is_no_number_is_neither_read_nor_compared(string json)
    {
        var node = JsonNode.Parse(json);
        Assert.False(JsonNumbers.TryCompare(node, 1, out _));
        Assert.False(JsonNumbers.TryCompare(1, node, out _));
        Assert.False(JsonNumbers.TryReadDouble(node, out _));
        Assert.False(JsonNumbers.TryReadDecimal(node, out _));
        Assert.False(JsonNumbers.TryReadText(node, out _));
        Assert.False(JsonNumbers.IsInteger(node));
    }

    [Fact]
    public void Doubles_that_JSON_does_not_know_do_no_harm()
    {
        Assert.False(JsonNumbers.TryCompare(double.NaN, 1, out _));
        Assert.False(JsonNumbers.TryCompare(float.NaN, double.NaN, out _));
        Assert.True(JsonNumbers.TryCompare(double.PositiveInfinity, 1, out var order));
        Assert.True(order > 0);
        Assert.True(JsonNumbers.TryCompare(float.NegativeInfinity, 1, out order));
        Assert.True(order < 0);
        Assert.False(JsonNumbers.TryReadDecimal(double.NaN, out _));
    }

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("1e2", true)]
    [InlineData("79228162514264337593543950335", true)]
    [InlineData("79228162514264337593543950336", false)]
    [InlineData("0.12345678901234567890123456789", false)]
    [InlineData("1e-40", false)]
    [InlineData("1e400", false)]
    public void A_decimal_is_read_only_with_all_its_digits(string json, bool expected) =>
        Assert.Equal(expected, JsonNumbers.TryReadDecimal(JsonNode.Parse(json), out _));

    [Theory]
    [InlineData("1", true)]
    [InlineData("-12345678901234567890", true)]
    [InlineData("1.0", false)]
    [InlineData("1e2", false)]
    public void An_integer_has_neither_point_nor_exponent(string json, bool expected) =>
        Assert.Equal(expected, JsonNumbers.IsInteger(JsonNode.Parse(json)));

    [Fact]
    public void Decimals_and_longs_are_in_their_own_order() =>
        Gen.Select(Gen.Decimal, Gen.Decimal, Gen.Long, Gen.Long).Sample((a, b, x, y) =>
        {
            Assert.True(JsonNumbers.TryCompare(a, b, out var order));
            Assert.Equal(a.CompareTo(b), Math.Sign(order));
            Assert.True(JsonNumbers.TryCompare(x, y, out order));
            Assert.Equal(x.CompareTo(y), Math.Sign(order));
            Assert.True(JsonNumbers.TryReadDecimal(a, out var read));
            Assert.Equal(a, read);
        });
}

using CsCheck;
using Turbulence.Documents;
using Turbulence.Variables;

namespace Turbulence.Tests.Values;

public sealed class VariableDeclarationTests
{
    [Theory]
    [InlineData("a=1", "a", "\"1\"")]
    [InlineData("a:int=1", "a", "1")]
    [InlineData("a=b=c", "a", "\"b=c\"")]
    [InlineData("a:b:int=1", "a:b", "1")]
    [InlineData("a=", "a", "\"\"")]
    [InlineData("url=http://x:80/", "url", "\"http://x:80/\"")]
    [InlineData("a:json={\"type\":\"env\"}", "a", "{\"type\":\"env\"}")]
    public void Section_4_6_Name_type_and_value(string text, string name, string value)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            Assert.True(VariableDeclaration.TryParse(text, mode, out var declaration, out var failure));
            Assert.Null(failure);
            Assert.Equal(name, declaration.Name);
            Json.Same(value, declaration.Value);
        }
    }

    [Theory]
    [InlineData("x", Compatibility.ChaosToolkit, "not enough values to unpack (expected 2, got 1)")]
    [InlineData("x", Compatibility.None, "'x' has no '='; expected NAME[:TYPE]=VALUE")]
    [InlineData("=1", Compatibility.None, "'=1' has no name; expected NAME[:TYPE]=VALUE")]
    [InlineData("a:int=x", Compatibility.ChaosToolkit, "invalid literal for int() with base 10: 'x'")]
    [InlineData("a:int=x", Compatibility.None, "invalid literal for int() with base 10: 'x'")]
    [InlineData("a:text=x", Compatibility.ChaosToolkit, "variable type can only be: bool, str, int, float, bytes or json")]
    [InlineData("a:text=x", Compatibility.None, "variable type can only be: bool, str, int, float, bytes or json")]
    public void Section_4_6_Bad_input(string text, Compatibility mode, string expected)
    {
        Assert.False(VariableDeclaration.TryParse(text, mode, out _, out var failure));
        Assert.Equal(expected, failure);
    }

    [Fact]
    public void A_doubtful_boolean_is_warned_of_in_the_default_mode_only()
    {
        Assert.True(VariableDeclaration.TryParse("a:bool=off", Compatibility.None, out var ours, out _));
        Assert.True(VariableDeclaration.TryParse("a:bool=off", Compatibility.ChaosToolkit, out var theirs, out _));
        Assert.Contains("read as true", ours.Warning, StringComparison.Ordinal);
        Assert.Null(theirs.Warning);
    }

    [Fact]
    public void Any_text_is_a_declaration_or_has_a_failure()
    {
        Gen.Select(Gen.OneOf("", "a", "a:", "a:int", "a:float", "a:json", "a:bool", "a:bytes"), Gen.OneOf("", "="), Gen.String).Sample(
            (name, equals, value) =>
            {
                var parsed = VariableDeclaration.TryParse(name + equals + value, Compatibility.None, out var declaration, out var failure);
                Assert.Equal(parsed, declaration is not null);
                Assert.Equal(parsed, failure is null);
            },
            iter: 500);
    }
}

namespace Turbulence.Tests.Experiments.Loading;

public sealed class JsonMistakeTests
{
    [Theory]
    [InlineData("", "1:1", "", "expected a value, found the end of the text")]
    [InlineData(" \n ", "2:2", "", "expected a value, found the end of the text")]
    [InlineData("{\"a\":1,}", "1:7", "/a", "a comma before '}': JSON allows none after the last value")]
    [InlineData("[1,\n]", "1:3", "/0", "a comma before ']': JSON allows none after the last value")]
    [InlineData("[1,,2]", "1:4", "/0", "expected a value, found ','")]
    [InlineData("{,}", "1:2", "", "expected a name in double quotes or '}', found ','")]
    [InlineData("{\"a\" 1}", "1:6", "", "expected ':' after the name, found '1'")]
    [InlineData("{\"a\"", "1:5", "", "expected ':' after the name, found the end of the text")]
    [InlineData("{a:1}", "1:2", "", "expected a name in double quotes or '}', found 'a'")]
    [InlineData("{\"x\":{\"a\":1, b:1}}", "1:14", "/x/a", "expected a name in double quotes, found 'b'")]
    [InlineData("{'a':1}", "1:2", "", "a name is written in double quotes, not single ones")]
    [InlineData("{\"a\":'b'}", "1:6", "/a", "a text is written in double quotes, not single ones")]
    [InlineData("{\"a\":}", "1:6", "/a", "expected a value, found '}'")]
    [InlineData("{\"a\":1 \"b\":2}", "1:8", "/a", "expected ',' or '}', found '\"'")]
    [InlineData("{\"a\":1;}", "1:7", "/a", "expected ',' or '}', found ';'")]
    [InlineData("[1 2]", "1:4", "/0", "expected ',' or ']', found '2'")]
    [InlineData("[1}", "1:3", "/0", "expected ',' or ']', found '}'")]
    [InlineData("[1", "1:3", "", "expected ',' or ']', found the end of the text")]
    [InlineData("[é]", "1:2", "", "expected a value or ']', found 'é'")]
    [InlineData("[\u00A0]", "1:2", "", "expected a value or ']', found the character U+00A0")]
    [InlineData("\0", "1:1", "", "expected a value, found the character U+0000")]
    [InlineData("{}}", "1:3", "", "expected the end of the text after the document, found '}'")]
    [InlineData("1 2", "1:3", "", "expected the end of the text after the document, found '2'")]
    [InlineData("// c\n{}", "1:1", "", "JSON has no comments")]
    [InlineData("{\"a\": 1, /* c */\n\"b\": 2}", "1:10", "/a", "JSON has no comments")]
    [InlineData("{\"a\": # c\n1}", "1:7", "/a", "JSON has no comments")]
    [InlineData("{\"a\":NaN}", "1:6", "/a", "JSON has no NaN: an experiment can not hold it")]
    [InlineData("{\"a\":Infinity}", "1:6", "/a", "JSON has no Infinity: an experiment can not hold it")]
    [InlineData("{\"a\":-Infinity}", "1:6", "/a", "JSON has no -Infinity: an experiment can not hold it")]
    [InlineData("[True]", "1:2", "", "expected a value or ']', found 'True': JSON writes true")]
    [InlineData("[1, None]", "1:5", "/0", "expected a value, found 'None': JSON writes null")]
    [InlineData("[hello]", "1:2", "", "expected a value or ']', found 'hello': a text is written in double quotes")]
    [InlineData("[01]", "1:2", "", "'01' is not a number: JSON has no leading zeros")]
    [InlineData("[+1]", "1:2", "", "'+1' is not a number: JSON has no leading '+'")]
    [InlineData("[.5]", "1:2", "", "'.5' is not a number: JSON wants a digit before the '.'")]
    [InlineData("[1.]", "1:2", "", "'1.' is not a number")]
    [InlineData("[1e+]", "1:2", "", "'1e+' is not a number")]
    [InlineData(
        "{\"a\":\"x\ny\"}", "1:8", "/a", @"the line ends before the closing quote of a text (a line break within a text is written \n)")]
    [InlineData("[\"a\tb\"]", "1:4", "", @"a tab within a text is written \t")]
    [InlineData("[\"\u0001\"]", "1:3", "", @"the control character U+0001 within a text is written \u0001")]
    [InlineData("{\"a\":\"x", "1:6", "/a", "the text that begins here has no closing quote")]
    [InlineData("[\"\\ud800\"]", "1:2", "", @"this text holds half of a surrogate pair (an escape \uD800 to \uDFFF without its partner)")]
    public void A_mistake_is_told_in_plain_words_at_its_place(string text, string place, string pointer, string message)
    {
        var error = Texts.Error(Texts.Json(text));

        Assert.Equal((place, pointer, message), (error.Position.ToString(), error.Pointer, error.Message));
    }

    [Theory]
    [InlineData("[\"\\q\"]")]
    [InlineData("[\"\\u12g4\"]")]
    public void An_unknown_escape_is_told_at_its_backslash(string text)
    {
        var error = Texts.Error(Texts.Json(text));

        Assert.Equal("1:3", error.Position.ToString());
        Assert.StartsWith(@"a backslash within a text is written \\; ", error.Message, StringComparison.Ordinal);
    }
}

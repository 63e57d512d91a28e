using System.Diagnostics;
using CsCheck;
using Turbulence.Documents;
using Turbulence.Python.Patterns;

namespace Turbulence.Tests.Tolerances.Patterns;

/// <summary>Appendix B. The expected results of both tables are what Python's <c>re</c> gives.</summary>
public sealed class PythonRegexTests
{
    [Theory]
    [InlineData("b", "abc", true)]
    [InlineData("^b", "abc", false)]
    [InlineData("^a.c$", "abc\u000A", true)]
    [InlineData("^a.c$", "abc\u000A\u000A", false)]
    [InlineData("c\\Z", "abc\u000A", false)]
    [InlineData("c\\Z", "abc", true)]
    [InlineData("\\Aabc", "abc", true)]
    [InlineData("a.b", "a\u000Ab", false)]
    [InlineData("(?s)a.b", "a\u000Ab", true)]
    [InlineData("(?s:a.)b.", "a\u000Ab\u000A", false)]
    [InlineData("(?m)^b$", "a\u000Ab\u000Ac", true)]
    [InlineData("^b$", "a\u000Ab\u000Ac", false)]
    [InlineData("(?i)ABC", "xabcx", true)]
    [InlineData("(?i:A)bC", "abc", false)]
    [InlineData("(?i:A)bC", "abC", true)]
    [InlineData("(?i)a(?-i:b)c", "AbC", true)]
    [InlineData("(?i)a(?-i:b)c", "ABC", false)]
    [InlineData("(?x) a b  # comment\u000A c", "abc", true)]
    [InlineData("(?x)a\\ b", "a b", true)]
    [InlineData("(?x)[ ]b", " b", true)]
    [InlineData("(?x: a b )c d", "abc d", true)]
    [InlineData("(?P<n>a)(?P=n)", "aa", true)]
    [InlineData("(?P<n>a)(?P=n)", "ab", false)]
    [InlineData("(?P<n>x)(y)\\1", "xyx", true)]
    [InlineData("(?P<n>x)(y)\\1", "xyy", false)]
    [InlineData("(a)\\1", "aa", true)]
    [InlineData("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10", "abcdefghijj", true)]
    [InlineData("a*+a", "aaa", false)]
    [InlineData("a*+b", "aaab", true)]
    [InlineData("a++a", "aa", false)]
    [InlineData("a?+a", "a", false)]
    [InlineData("a{1,2}+a", "aa", false)]
    [InlineData("a{1,2}+a", "aaa", true)]
    [InlineData("(?>a|ab)c", "abc", false)]
    [InlineData("(?>ab|a)c", "abc", true)]
    [InlineData("(?:ab)++c", "ababc", true)]
    [InlineData("^a{,2}$", "aa", true)]
    [InlineData("^a{,2}$", "aaa", false)]
    [InlineData("^a{,}$", "aaaa", true)]
    [InlineData("^a{2,}$", "a", false)]
    [InlineData("^a{2}$", "aa", true)]
    [InlineData("^x{}$", "x{}", true)]
    [InlineData("^x{a}$", "x{a}", true)]
    [InlineData("^x{1,2$", "x{1,2", true)]
    [InlineData("^x{1, 2}$", "x{1, 2}", true)]
    [InlineData("^a{2}?b", "aab", true)]
    [InlineData("\\d", "\u0663", true)]
    [InlineData("(?a)\\d", "\u0663", false)]
    [InlineData("^\\w$", "\u00E9", true)]
    [InlineData("(?a)^\\w$", "\u00E9", false)]
    [InlineData("^\\w$", "\u00B2", true)]
    [InlineData("^\\w$", "\u2167", true)]
    [InlineData("^\\w$", "\u0301", false)]
    [InlineData("^\\w$", "\u203F", false)]
    [InlineData("^\\w$", "_", true)]
    [InlineData("^\\W$", "\u0301", true)]
    [InlineData("\\s", "\u001C", true)]
    [InlineData("\\s", "\u0085", true)]
    [InlineData("\\s", "\u00A0", true)]
    [InlineData("\\s", "\u2028", true)]
    [InlineData("\\s", "\u200B", false)]
    [InlineData("(?a)\\s", "\u00A0", false)]
    [InlineData("\\S", "\u001F", false)]
    [InlineData("[\\s]", "\u001D", true)]
    [InlineData("[^\\s]", "\u001D", false)]
    [InlineData("[\\S\\d]", " ", false)]
    [InlineData("[\\W\\d]", "a", false)]
    [InlineData("[\\W\\d]", "5", true)]
    [InlineData("[^\\W\\d]", "5", false)]
    [InlineData("[^\\W\\d]", "a", true)]
    [InlineData("[^\\D5]", "5", false)]
    [InlineData("[^\\D5]", "6", true)]
    [InlineData("\\bfoo\\b", "a foo b", true)]
    [InlineData("\\bfoo\\b", "afoo", false)]
    [InlineData("\\bfoo\\b", "foo\u0301", true)]
    [InlineData("\\Boo\\b", "foo", true)]
    [InlineData("\\B", "", false)]
    [InlineData("\\b", "", false)]
    [InlineData("\\B", " ", true)]
    [InlineData("(?a)\\bfoo", "\u00E9foo", true)]
    [InlineData("\\bfoo", "\u00E9foo", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[^]a]", "]", false)]
    [InlineData("[^]a]", "b", true)]
    [InlineData("[[:alpha:]]", "a]", true)]
    [InlineData("[[:alpha:]]", "z]", false)]
    [InlineData("[a-z-[aeiou]]", "b]", true)]
    [InlineData("[a-z-[aeiou]]", "-]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("[\\b]", "\u0008", true)]
    [InlineData("[\\-x]", "-", true)]
    [InlineData("[a\\-z]", "m", false)]
    [InlineData("[.]", "a", false)]
    [InlineData("[^a]", "\u000A", true)]
    [InlineData("[a^]", "^", true)]
    [InlineData("[$]", "$", true)]
    [InlineData("[&&]", "&", true)]
    [InlineData("\\x41", "A", true)]
    [InlineData("\\u0041", "A", true)]
    [InlineData("\\U0001F600", "\U0001F600", true)]
    [InlineData("\\101", "A", true)]
    [InlineData("\\0", "\u0000", true)]
    [InlineData("\\07", "\u0007", true)]
    [InlineData("[\\101]", "A", true)]
    [InlineData("\\a", "\u0007", true)]
    [InlineData("\\f\\v\\t\\r", "\u000C\u000B\u0009\u000D", true)]
    [InlineData("\\.", ".", true)]
    [InlineData("\\.", "a", false)]
    [InlineData("\\/", "/", true)]
    [InlineData("\\_", "_", true)]
    [InlineData("\\-", "-", true)]
    [InlineData("\\\u00E9", "\u00E9", true)]
    [InlineData("^.$", "\U0001F600", true)]
    [InlineData("^..$", "\U0001F600", false)]
    [InlineData("^[\U0001F600-\U0001F60E]$", "\U0001F603", true)]
    [InlineData("^[\U0001F600-\U0001F60E]$", "\U0001F631", false)]
    [InlineData("^[^\U0001F600]$", "\U0001F600", false)]
    [InlineData("^[^\U0001F600]$", "\U0001F60E", true)]
    [InlineData("[^\U0001F600]", "\U0001F600", false)]
    [InlineData("\U0001F600+$", "x\U0001F600\U0001F600", true)]
    [InlineData("^\U0001F600{2}$", "\U0001F600\U0001F600", true)]
    [InlineData("^\\W$", "\U0001F600", true)]
    [InlineData("^[\\W]$", "\U0001F600", true)]
    [InlineData("^[^\\w]$", "\U0001F600", true)]
    [InlineData("^\\D\\S$", "\U0001F600\u00E9", true)]
    [InlineData("^[a\U0001F600]+$", "a\U0001F600a", true)]
    [InlineData("^[\\u0000-\\U0010FFFF]$", "\U0001F600", true)]
    [InlineData("^[a-\\U0001F600]$", "\U0001F600", true)]
    [InlineData("(?s)^.$", "\U0001F600", true)]
    [InlineData("^[^a]$", "\U0001F600", true)]
    [InlineData("^(?:.)*$", "a\U0001F600b", true)]
    [InlineData("[\\U0001F600-\\U0001F9FF]", "\U0001F914", true)]
    [InlineData("(?=a)ab", "ab", true)]
    [InlineData("(?!a)b", "ab", true)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("(?<!a)b", "ab", false)]
    [InlineData("(?<=a|c)b", "cb", true)]
    [InlineData("(?<=^)b", "b", true)]
    [InlineData("(?=a)*b", "b", true)]
    [InlineData("(?:)*b", "b", true)]
    [InlineData("(?#note)a", "a", true)]
    [InlineData("a(?#c)*b", "aab", true)]
    [InlineData("(?#a\\)b)c", "c", true)]
    [InlineData("(a)?(?(1)b|c)$", "ab", true)]
    [InlineData("^(a)?(?(1)b|c)$", "c", true)]
    [InlineData("^(a)?(?(1)b|c)$", "ac", false)]
    [InlineData("^(?P<x>a)?(?(x)b)$", "ab", true)]
    [InlineData("^(?P<x>a)?(?(x)b)$", "", true)]
    [InlineData("^(?(1)a|b)(c)$", "bc", true)]
    [InlineData("a|b|", "zz", true)]
    [InlineData("", "x", true)]
    [InlineData("(?i)|b", "x", true)]
    [InlineData("^(|a)$", "a", true)]
    [InlineData("a$b", "a\u000Ab", false)]
    [InlineData("^$", "", true)]
    [InlineData("(?m)$", "a\u000Ab", true)]
    [InlineData("(?m)\\Ab", "a\u000Ab", false)]
    [InlineData("x*?y", "xxy", true)]
    [InlineData("a.*?c", "abcabc", true)]
    [InlineData("(a+)+$", "aaa", true)]
    [InlineData("(a)|\\1", "b", false)]
    [InlineData("(?u)\\w", "\u00E9", true)]
    [InlineData("(?a)x(?u:\\w)", "x\u00E9", true)]
    [InlineData("(?a:\\w)", "\u00E9", false)]
    [InlineData("^resp.* \\(8002\\): \\d+$", "response (8002): 5\u000A", true)]
    [InlineData("ok", "OK", false)]
    [InlineData("(?im)^OK$", "x\u000Aok", true)]
    [InlineData("(?i)stra\u00DFe", "STRASSE", false)]
    [InlineData("(?i)\u00C9", "\u00E9", true)]
    [InlineData("{", "{", true)]
    [InlineData("a{", "a{", true)]
    [InlineData("}", "}", true)]
    [InlineData("]", "]", true)]
    [InlineData("(?P<\u00E9>x)(?P=\u00E9)", "xx", true)]
    [InlineData("\\111", "I", true)]
    [InlineData("(?x)a #c\u000A*", "aaa", true)]
    [InlineData("(?x)a {2}$", "aa", true)]
    [InlineData("a{0}b", "b", true)]
    [InlineData("(?:a|b){2,3}c", "abac", true)]
    [InlineData("(?<=a{3})b", "aaab", true)]
    [InlineData("(a)(?<=\\1)b", "ab", true)]
    [InlineData("#", "#", true)]
    [InlineData(" ", " ", true)]
    [InlineData("(?x)\\#", "#", true)]
    [InlineData("\u00E9", "e\u0301", false)]
    [InlineData("^[^\\S\\n]+$", "\u0009 ", true)]
    [InlineData("^[^\\S\\n]+$", "\u000A", false)]
    [InlineData("^[\\w.-]+@[\\w-]+$", "a.b-c@d-e", true)]
    [InlineData("\\$", "$", true)]
    [InlineData("^\\^$", "^", true)]
    public void A_search_finds_what_Python_finds(string pattern, string text, bool found)
    {
        Assert.True(PythonRegex.TryTranslate(pattern, Compatibility.ChaosToolkit, out var regex, out var problem), problem);
        Assert.True(regex.TrySearch(text, out var actual));
        Assert.Equal(found, actual);
        Assert.Null(regex.PythonProblem);
    }

    [Theory]
    [InlineData("(", "missing ), unterminated subpattern")]
    [InlineData("[", "unterminated character set")]
    [InlineData("a**", "multiple repeat")]
    [InlineData("a*++", "multiple repeat")]
    [InlineData("x{1}{2}", "multiple repeat")]
    [InlineData("a)", "unbalanced parenthesis")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("{1}", "nothing to repeat")]
    [InlineData("|*", "nothing to repeat")]
    [InlineData("^*", "nothing to repeat")]
    [InlineData("\\b+", "nothing to repeat")]
    [InlineData("(?#c)*", "nothing to repeat")]
    [InlineData("(?<n>a)", "unknown extension ?<n")]
    [InlineData("(?'n'a)", "unknown extension ?'")]
    [InlineData("\\q", "bad escape \\q")]
    [InlineData("\\z", "bad escape \\z")]
    [InlineData("\\p{L}", "bad escape \\p")]
    [InlineData("\\k<a>", "bad escape \\k")]
    [InlineData("a{2,1}", "min repeat greater than max repeat")]
    [InlineData("(?P<1>a)", "bad character in group name '1'")]
    [InlineData("(?P<a b>x)", "bad character in group name 'a b'")]
    [InlineData("(?P<a>x)(?P<a>y)", "redefinition of group name 'a' as group 2; was group 1")]
    [InlineData("\\1", "invalid group reference 1")]
    [InlineData("\\18", "invalid group reference 18")]
    [InlineData("(\\1)", "cannot refer to an open group")]
    [InlineData("(?P=x)", "unknown group name 'x'")]
    [InlineData("(?<=a*)b", "look-behind requires fixed-width pattern")]
    [InlineData("(?<!a|bc)d", "look-behind requires fixed-width pattern")]
    [InlineData("(a|bc)(?<=\\1)", "look-behind requires fixed-width pattern")]
    [InlineData("(?<=(a)\\1)", "cannot refer to group defined in the same lookbehind subpattern")]
    [InlineData("(?(1)a|b|c)", "conditional backref with more than two branches")]
    [InlineData("(?(2)a)", "invalid group reference 2")]
    [InlineData("(?(x)a)", "unknown group name 'x'")]
    [InlineData("(?(0)a)", "bad group number")]
    [InlineData("(?(a b)x)", "bad character in group name 'a b'")]
    [InlineData("a(?i)b", "global flags not at the start of the expression")]
    [InlineData("((?i)b)", "global flags not at the start of the expression")]
    [InlineData("|(?i)b", "global flags not at the start of the expression")]
    [InlineData("(?L)a", "bad inline flags: cannot use 'L' flag with a str pattern")]
    [InlineData("(?au)x", "bad inline flags: flags 'a', 'u' and 'L' are incompatible")]
    [InlineData("(?-a:x)", "bad inline flags: cannot turn off flags 'a', 'u' and 'L'")]
    [InlineData("(?i-i:x)", "bad inline flags: flag turned on and off")]
    [InlineData("(?i", "missing -, : or )")]
    [InlineData("(?i-", "missing flag")]
    [InlineData("(?ix-", "missing flag")]
    [InlineData("(?-", "missing flag")]
    [InlineData("(?i-z:a)", "unknown flag")]
    [InlineData("(?iz)", "unknown flag")]
    [InlineData("(?-i)a", "missing :")]
    [InlineData("(?z)", "unknown extension ?z")]
    [InlineData("(?", "unexpected end of pattern")]
    [InlineData("(?P", "unexpected end of pattern")]
    [InlineData("(?Px", "unknown extension ?Px")]
    [InlineData("(?P<", "missing group name")]
    [InlineData("(?P<a", "missing >, unterminated name")]
    [InlineData("(?P<>a)", "missing group name")]
    [InlineData("(?P=a", "missing ), unterminated name")]
    [InlineData("(?#", "missing ), unterminated comment")]
    [InlineData("(?<", "unexpected end of pattern")]
    [InlineData("(?<a", "unknown extension ?<a")]
    [InlineData("(?(", "missing group name")]
    [InlineData("(?()", "missing group name")]
    [InlineData("(?(1", "missing ), unterminated name")]
    [InlineData("(?:", "missing ), unterminated subpattern")]
    [InlineData("(?=a", "missing ), unterminated subpattern")]
    [InlineData("[z-a]", "bad character range z-a")]
    [InlineData("[\\w-a]", "bad character range \\w-a")]
    [InlineData("[\\A]", "bad escape \\A")]
    [InlineData("[\\8]", "bad escape \\8")]
    [InlineData("[]", "unterminated character set")]
    [InlineData("[^", "unterminated character set")]
    [InlineData("[a-", "unterminated character set")]
    [InlineData("[a\\", "bad escape (end of pattern)")]
    [InlineData("\\x1", "incomplete escape \\x1")]
    [InlineData("\\u12", "incomplete escape \\u12")]
    [InlineData("\\U00110000", "bad escape \\U00110000")]
    [InlineData("\\400", "octal escape value \\400 outside of range 0-0o377")]
    [InlineData("[\\400]", "octal escape value \\400 outside of range 0-0o377")]
    [InlineData("\\", "bad escape (end of pattern)")]
    [InlineData("a{9999999999}", "the repetition number is too large")]
    public void A_mistake_is_named_in_Pythons_words(string pattern, string problem)
    {
        Assert.False(PythonRegex.TryTranslate(pattern, Compatibility.ChaosToolkit, out var regex, out var actual));
        Assert.Null(regex);
        Assert.Equal(problem, actual);
    }

    [Theory]
    [InlineData(@"(?<n>a)\k<n>", "aa", true)]
    [InlineData(@"^\p{Lu}$", "A", true)]
    [InlineData(@"a\z", "a\n", false)]
    [InlineData("(?<=a+)b", "aab", true)]
    [InlineData("a(?i)B", "ab", true)]
    public void The_default_mode_takes_patterns_of_dotnet_that_Python_does_not_have(string pattern, string text, bool found)
    {
        Assert.False(PythonRegex.TryTranslate(pattern, Compatibility.ChaosToolkit, out _, out var reason));
        Assert.True(PythonRegex.TryTranslate(pattern, Compatibility.None, out var regex, out _));
        Assert.Equal(reason, regex.PythonProblem);
        Assert.True(regex.TrySearch(text, out var actual));
        Assert.Equal(found, actual);
    }

    [Fact]
    public void A_character_by_its_name_is_a_problem_that_says_what_to_write()
    {
        Assert.False(PythonRegex.TryTranslate(@"\N{BULLET}", Compatibility.None, out _, out var problem));
        Assert.Contains(@"\uXXXX", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_pattern_is_given_up()
    {
        Assert.True(PythonRegex.TryTranslate("^(a+)+$", Compatibility.ChaosToolkit, out var regex, out _));
        var started = Stopwatch.GetTimestamp();

        Assert.False(regex.TrySearch(new string('a', 60) + "b", out var found));

        Assert.False(found);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public void Deep_nesting_is_a_problem_and_no_crash(Compatibility compatibility)
    {
        foreach (var opening in new[] { "(", "(?:", "(?=", "(?(1)", "(?i:", "(|" })
        {
            var pattern = string.Concat(Enumerable.Repeat(opening, 20_000));
            Assert.False(PythonRegex.TryTranslate(pattern, compatibility, out _, out var problem));
            Assert.NotEmpty(problem);

            // Complete, it may be too deep or not, but it is read to the end.
            var complete = PythonRegex.TryTranslate(pattern + new string(')', 20_000), compatibility, out _, out problem);
            Assert.Equal(complete, problem is null);
        }
    }

    [Fact]
    public void No_text_makes_the_translation_or_the_search_throw()
    {
        string[] shards =
        [
            "(", ")", "[", "]", "{", "}", "{1,2}", "{,3}", "*", "+", "?", "|", "^", "$", ".", "\\", "-", "a", "b", "1", "0", " ", "#", "\n",
            "(?", "(?:", "(?P<n>", "(?P=n)", "(?<n>", "(?<=", "(?<!", "(?=", "(?!", "(?>", "(?i)", "(?x-i:", "(?(1)", "(?(n)", "(?#",
            "\\1", "\\d", "\\D", "\\w", "\\W", "\\b", "\\B", "\\x41", "\\u00e9", "\\U0001F600", "\\777", "\\N{X}", "[^", "[a-z]",
            "\U0001F600", "\uD83D", "\uDE00", "&&", ":", "=", "<", ">", "!", ",",
        ];
        var patterns = Gen.OneOf(
            Gen.Int[0, shards.Length - 1].Array[0, 12].Select(picks => string.Concat(picks.Select(pick => shards[pick]))),
            Gen.String[0, 30]);
        Gen.Select(patterns, Gen.String[0, 12], Gen.Bool).Sample((pattern, text, reference) =>
        {
            var compatibility = reference ? Compatibility.ChaosToolkit : Compatibility.None;
            if (!PythonRegex.TryTranslate(pattern, compatibility, out var regex, out var problem))
            {
                return !string.IsNullOrEmpty(problem);
            }

            _ = regex.TrySearch(text, out _) && regex.TrySearch(text + "\U0001F600ab1 ", out _);
            return true;
        }, iter: 20_000);
    }
}

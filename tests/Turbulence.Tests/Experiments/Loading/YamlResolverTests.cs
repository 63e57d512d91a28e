namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Behaviour document, section 1.2: YAML 1.1 typing. Each row was compared with the reference's own loader.</summary>
public sealed class YamlResolverTests
{
    [Theory]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "true")]
    [InlineData("NO", "false")]
    [InlineData("On", "true")]
    [InlineData("off", "false")]
    [InlineData("y", "\"y\"")]
    [InlineData("n", "\"n\"")]
    [InlineData("yES", "\"yES\"")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("+12", "12")]
    [InlineData("1_000", "1000")]
    [InlineData("_1", "\"_1\"")]
    [InlineData("010", "8")]
    [InlineData("-010", "-8")]
    [InlineData("08", "\"08\"")]
    [InlineData("0_7", "7")]
    [InlineData("0o10", "\"0o10\"")]
    [InlineData("0b101", "5")]
    [InlineData("0x1F", "31")]
    [InlineData("-0x1f", "-31")]
    [InlineData("0x", "\"0x\"")]
    [InlineData("0xffffffffffffffffffff", "1208925819614629174706175")]
    [InlineData("999999999999999999999999999999", "999999999999999999999999999999")]
    [InlineData("1:30", "90")]
    [InlineData("-1:30", "-90")]
    [InlineData("190:20:30", "685230")]
    [InlineData("1:60", "\"1:60\"")]
    [InlineData("01:30", "\"01:30\"")]
    [InlineData("1.10", "1.10")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "\"-.5\"")]
    [InlineData("01.5", "1.5")]
    [InlineData("-1_0.5", "-10.5")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("1.0e3", "\"1.0e3\"")]
    [InlineData("6.8523015e+5", "6.8523015e+5")]
    [InlineData("190:20:30.15", "685230.15")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("2024-01-02", "\"2024-01-02\"")]
    [InlineData("2024-1-2", "\"2024-1-2\"")]
    [InlineData("2024-01-02 03:04:05", "\"2024-01-02T03:04:05\"")]
    [InlineData("2024-01-02T03:04:05Z", "\"2024-01-02T03:04:05+00:00\"")]
    [InlineData("2024-1-2t3:04:05.5", "\"2024-01-02T03:04:05.500000\"")]
    [InlineData("2024-01-02T03:04:05.1234567 +5", "\"2024-01-02T03:04:05.123456+05:00\"")]
    [InlineData("2024-01-02T03:04:05-05:90", "\"2024-01-02T03:04:05-06:30\"")]
    [InlineData("2024-01-02T03:04", "\"2024-01-02T03:04\"")]
    [InlineData("=", "\"=\"")]
    [InlineData("'010'", "\"010\"")]
    [InlineData("\"yes\"", "\"yes\"")]
    [InlineData("!!str 010", "\"010\"")]
    [InlineData("!!str", "\"\"")]
    [InlineData("!!int '3'", "3")]
    [InlineData("!!int 0o17", "15")]
    [InlineData("!!float 3", "3.0")]
    [InlineData("!!float 1e3", "1.0e3")]
    [InlineData("!!bool 'yes'", "true")]
    [InlineData("!!null x", "null")]
    [InlineData("!!timestamp '2024-01-02'", "\"2024-01-02\"")]
    [InlineData("!!binary 'aGVs bG8='", "\"aGVsbG8=\"")]
    [InlineData("! '12'", "12")]
    [InlineData("!!map {a: 1}", "{\"a\":1}")]
    [InlineData("!!seq [1]", "[1]")]
    [InlineData("!!set {a, 2}", "[\"a\",2]")]
    [InlineData("!!omap [a: 1, b: 2]", "[[\"a\",1],[\"b\",2]]")]
    [InlineData("!!pairs [a: 1, a: 2]", "[[\"a\",1],[\"a\",2]]")]
    [InlineData(
        "{1: a, true: b, null: c, 1.50: d, 2024-01-02: e, 010: f}",
        "{\"1\":\"a\",\"true\":\"b\",\"null\":\"c\",\"1.5\":\"d\",\"2024-01-02\":\"e\",\"8\":\"f\"}")]
    public void A_value_means_what_it_means_to_the_reference(string yaml, string json)
    {
        var inList = yaml.Length == 0 ? "- " : $"- {yaml}";

        Assert.Equal(json, Texts.Written(Texts.Yaml(yaml)));
        Assert.Equal($"[{json}]", Texts.Written(Texts.Yaml(inList)));
    }

    [Theory]
    [InlineData(".inf", "'.inf' has no JSON form: an experiment can not hold infinity or not-a-number")]
    [InlineData("-.INF", "'-.INF' has no JSON form: an experiment can not hold infinity or not-a-number")]
    [InlineData(".NaN", "'.NaN' has no JSON form: an experiment can not hold infinity or not-a-number")]
    [InlineData("0b_", "'0b_' is not an integer")]
    [InlineData("2024-13-45", "'2024-13-45' is not a day of the calendar; put it in quotes for a text")]
    [InlineData("2024-01-02 25:00:00", "'2024-01-02 25:00:00' is not a time of the calendar; put it in quotes for a text")]
    [InlineData("!!int x", "'x' is not an integer")]
    [InlineData("!!int ''", "'' is not an integer")]
    [InlineData("!!float '.'", "'.' is not a float")]
    [InlineData("!!bool maybe", "'maybe' is not a boolean")]
    [InlineData("!!timestamp x", "'x' is not a timestamp")]
    [InlineData("!!binary a", "the content is not Base64")]
    [InlineData(
        "!!python/name:os.system x", "the tag !!python/name:os.system is not supported here: an experiment holds plain values only")]
    [InlineData(
        "!!python/object/apply:os.system [ls]",
        "the tag !!python/object/apply:os.system is not supported here: an experiment holds plain values only")]
    [InlineData("!custom {a: 1}", "the tag !custom is not supported here: an experiment holds plain values only")]
    [InlineData("!!map [1]", "the tag !!map is not supported here: an experiment holds plain values only")]
    [InlineData("!!str [1]", "the tag !!str is not supported here: an experiment holds plain values only")]
    [InlineData("!!omap [1]", "each element of an ordered map or of pairs is an object with one member")]
    public void What_no_experiment_can_hold_is_refused(string yaml, string message)
    {
        var error = Texts.Error(Texts.Yaml($"a:\n  b: {yaml}\n"));

        Assert.Equal(message, error.Message);
        Assert.Equal("2:6", error.Position.ToString());
    }

    [Theory]
    [InlineData("on", "'on' is read as true; put it in quotes for a text, or write true")]
    [InlineData("No", "'No' is read as false; put it in quotes for a text, or write false")]
    [InlineData("010", "'010' is read as an octal number, 8; put it in quotes for a text")]
    [InlineData("1:30", "'1:30' is read as a number in base 60, 90; put it in quotes for a text")]
    [InlineData("1:30.5", "'1:30.5' is read as a number in base 60, 90.5; put it in quotes for a text")]
    [InlineData("1e3", "'1e3' is read as a text: in YAML 1.1 a float has a point, and its exponent a sign (1.0e+3)")]
    public void What_may_surprise_gets_a_warning(string yaml, string message)
    {
        var warning = Assert.Single(Texts.Yaml($"a:\n- {yaml}").Problems);

        Assert.Equal(message, warning.Message);
        Assert.Equal(("/a/0", "2:3"), (warning.Pointer, warning.Position.ToString()));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("0")]
    [InlineData("0x10")]
    [InlineData("2024-01-02")]
    [InlineData("!!str on")]
    [InlineData("'on'")]
    public void What_is_clear_gets_no_warning(string yaml) => Assert.Empty(Texts.Yaml($"a: {yaml}").Problems);

    [Fact]
    public void An_integer_of_more_digits_than_the_reference_reads_is_refused() =>
        Assert.Equal("an integer of more than 4300 digits", Texts.Error(Texts.Yaml(new string('9', 5000))).Message);
}

using System.Text.Json.Nodes;

namespace PythonWorker.Tests;

/// <summary>What comes back of Python's values.</summary>
public sealed class ValueTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    private const string Sample =
        """
        import collections, dataclasses, datetime, decimal, enum, fractions, os, pathlib, time, types, uuid
        from typing import Any
        class Colour(enum.Enum):
            RED = 'red'
        class Level(enum.IntEnum):
            HIGH = 3
        Point = collections.namedtuple('Point', 'x y')
        @dataclasses.dataclass
        class Pod:
            name: str
            labels: Any = None
            _hidden: int = 1
        class Thing:
            def __init__(self): self.a, self._b = {1}, 2
        class Slotted:
            __slots__ = ('a', 'never_set')
            def __init__(self): self.a = 1
        class Empty:
            def __repr__(self): return 'Empty()'
        class Model:
            def to_dict(self): return {'kind': 'Pod', 'self': (1, 2)}
        class BadModel:
            def __init__(self): self.a = 1
            def to_dict(self): raise RuntimeError
        class BadRepr:
            def __repr__(self): raise RuntimeError
        class BadIter:
            def __iter__(self): raise RuntimeError
            def __len__(self): return 1
            def __contains__(self, x): return True
            def __repr__(self): return 'BadIter()'
        class BadStr:
            __slots__ = ()
            def __str__(self): raise RuntimeError
            def __repr__(self): return 'key'
        class Mapping(collections.abc.Mapping):
            def __getitem__(self, key): return key * 2
            def __iter__(self): return iter('ab')
            def __len__(self): return 2
        class Text(str): pass
        class Array:
            def tolist(self): return [1.5]
        def cycle():
            a = {'list': []}; a['list'].append(a); return a
        def deep(n):
            value = 'bottom'
            for _ in range(n): value = [value]
            return value
        def wide():
            value = [1]
            for _ in range(40): value = [value, value]
            return value
        def shared():
            part = [1]
            return [part, part]
        def endless():
            while True: yield 1
        def value(of): return eval(of)
        """;

    [Theory]
    [InlineData("None", "null")]
    [InlineData("True", "true")]
    [InlineData("'é😀\\x00\\n\"'", "\"é😀\\u0000\\n\\\"\"")]
    [InlineData("Text('t')", "\"t\"")]
    [InlineData("-12", "-12")]
    [InlineData("10 ** 30", "1000000000000000000000000000000")]
    [InlineData("[1.5, 1e300, -0.0, 1e-7]", "[1.5, 1e+300, -0.0, 1e-07]")]
    [InlineData("[float('nan'), float('inf'), -float('inf')]", """["NaN", "Infinity", "-Infinity"]""")]
    [InlineData("(1, (2,))", "[1, [2]]")]
    [InlineData("collections.deque([1, 2])", "[1, 2]")]
    [InlineData("range(3)", "[0, 1, 2]")]
    [InlineData("{'a': 1}.keys()", """["a"]""")]
    [InlineData("{'a': 1}.items()", """[["a", 1]]""")]
    [InlineData("map(str, (1, 2))", """["1", "2"]""")]
    [InlineData("{3, 1, 2}", "[1, 2, 3]")]
    [InlineData("frozenset('cab')", """["a", "b", "c"]""")]
    [InlineData("{1, 'a', None}", """["a", 1, null]""")]
    [InlineData("b'text \\xc3\\xa9'", "\"text é\"")]
    [InlineData("bytearray(b'x')", "\"x\"")]
    [InlineData("memoryview(b'x')", "\"x\"")]
    [InlineData("b'\\xff\\x00'", """{"type": "bytes", "base64": "/wA="}""")]
    [InlineData("datetime.datetime(2026, 1, 2, 3, 4, 5, 6)", "\"2026-01-02T03:04:05.000006\"")]
    [InlineData("datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)", "\"2026-01-02T00:00:00+00:00\"")]
    [InlineData("datetime.date(2026, 1, 2)", "\"2026-01-02\"")]
    [InlineData("datetime.time(3, 4)", "\"03:04:00\"")]
    [InlineData("datetime.timedelta(minutes=1, milliseconds=500)", "60.5")]
    [InlineData("decimal.Decimal('1.10')", "\"1.10\"")]
    [InlineData("fractions.Fraction(1, 3)", "\"1/3\"")]
    [InlineData("uuid.UUID(int=5)", "\"00000000-0000-0000-0000-000000000005\"")]
    [InlineData("pathlib.Path('/a/b')", "\"/a/b\"")]
    [InlineData("[Colour.RED, Level.HIGH]", """["red", 3]""")]
    [InlineData("Point(1, (2,))", """{"x": 1, "y": [2]}""")]
    [InlineData("time.gmtime(0)[:3]", "[1970, 1, 1]")]
    [InlineData("Pod('web', {'a': {1}})", """{"name": "web", "labels": {"a": [1]}, "_hidden": 1}""")]
    [InlineData("{1: 'i', 1.5: 'f', True: 't', None: 'n', (1, 2): 'p', Colour.RED: 'e', BadStr(): 'b', float('nan'): 'x'}",
        """{"1": "t", "1.5": "f", "null": "n", "(1, 2)": "p", "red": "e", "key": "b", "NaN": "x"}""")]
    [InlineData("collections.OrderedDict(b=1, a=2)", """{"b": 1, "a": 2}""")]
    [InlineData("types.MappingProxyType({'a': 1})", """{"a": 1}""")]
    [InlineData("Mapping()", """{"a": "aa", "b": "bb"}""")]
    [InlineData("ValueError('bad')", "\"ValueError: bad\"")]
    [InlineData("Model()", """{"kind": "Pod", "self": [1, 2]}""")]
    [InlineData("BadModel()", "\"<sample.BadModel object at ")]
    [InlineData("Array()", "[1.5]")]
    [InlineData("Thing()", """{"a": [1]}""")]
    [InlineData("Slotted()", """{"a": 1}""")]
    [InlineData("types.SimpleNamespace(a=1)", """{"a": 1}""")]
    [InlineData("Empty()", "\"Empty()\"")]
    [InlineData("[BadRepr(), BadIter()]", """["<BadRepr that cannot be printed>", "BadIter()"]""")]
    [InlineData("Thing", "\"<class 'sample.Thing'>\"")]
    [InlineData("len", "\"<built-in function len>\"")]
    [InlineData("cycle()", """{"list": ["<the dict that holds this>"]}""")]
    [InlineData("shared()", "[[1], [1]]")]
    [InlineData("'\\ud800 x'", "\"\\\\ud800 x\"")]
    [InlineData("{'\\udcff': 1}", "{\"\\\\udcff\": 1}")]
    [InlineData("os.fsdecode(b'\\xff')", "\"\\\\udcff\"")]
    public async Task Every_value_has_a_faithful_form(string expression, string expected)
    {
        var worker = await shared.OfAsync(Sample);

        var output = await worker.OutputAsync("value", new JsonObject { ["of"] = expression }.ToJsonString());

        if (expected.StartsWith("\"<", StringComparison.Ordinal) && !expected.EndsWith('"'))
        {
            // The address at the end is another one each time.
            Assert.StartsWith(expected[1..], Json.Text(output), StringComparison.Ordinal);
        }
        else
        {
            Json.Same(expected, output);
        }
    }

    [Fact]
    public async Task A_number_of_any_size_arrives()
    {
        var worker = await shared.OfAsync(Sample);

        var digits = await worker.OutputAsync("value", """{"of": "10 ** 4000"}""");
        var beyond = await worker.OutputAsync("value", """{"of": "-(16 ** 5000)"}""");

        Assert.Equal("1" + new string('0', 4000), digits!.ToJsonString());
        Assert.Equal("-0x1" + new string('0', 5000), Json.Text(beyond));
    }

    [Fact]
    public async Task A_number_of_any_size_is_given()
    {
        using var room = new Room("def same(n, text): return n == int(text) and type(n) is int");
        await using var worker = await RunningWorker.StartAsync(room);
        var digits = new string('9', 300);

        Json.Same("true", await worker.OutputAsync("same", $$"""{"n": {{digits}}, "text": "{{digits}}"}"""));
    }

    [Theory]
    [InlineData(60, "bottom")]
    [InlineData(61, "<list, nested more than 60 levels deep>")]
    [InlineData(100_000, "<list, nested more than 60 levels deep>")]
    public async Task What_is_nested_too_deeply_says_so_in_its_place(int levels, string innermost)
    {
        var worker = await shared.OfAsync(Sample);

        JsonNode? node = await worker.OutputAsync("deep", $$"""{"n": {{levels}} }""");
        for (var level = 0; level < 60; level++)
        {
            node = Assert.Single(node!.AsArray());
        }

        Assert.Equal(innermost, Json.Text(node));
    }

    [Theory]
    [InlineData("wide()", "the value has more than 2,000,000 parts")]
    [InlineData("endless()", "the value has more than 2,000,000 parts")]
    [InlineData("'x' * 67108864", "the answer would have 67,108,9")]
    public async Task What_no_line_can_hold_is_a_failure_that_says_so(string expression, string message)
    {
        var worker = await shared.OfAsync(Sample);

        var outcome = await worker.RunAsync("value", new JsonObject { ["of"] = expression }.ToJsonString());

        Assert.Equal("failed", Json.Text(outcome["end"]));
        Assert.StartsWith(message, Json.Text(outcome["message"]), StringComparison.Ordinal);
        Json.Same("1", await worker.OutputAsync("value", """{"of": "1"}"""));
    }

    [Fact]
    public async Task Megabytes_come_and_go()
    {
        using var room = new Room("def reversed_text(text): return text[::-1]");
        await using var worker = await RunningWorker.StartAsync(room);
        var text = new string('a', 4_000_000) + new string('é', 4_000_000);

        var output = Json.Text(await worker.OutputAsync("reversed_text", new JsonObject { ["text"] = text }.ToJsonString()));

        Assert.Equal(new string('é', 4_000_000) + new string('a', 4_000_000), output);
    }
}

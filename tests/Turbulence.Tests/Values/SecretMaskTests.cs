using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class SecretMaskTests
{
    private const string Secret = "p'á\"s/s+w rd\\&=<$1>!`";

    // Asterisks are what the mask writes, so a secret of them could seem to be left.
    private static readonly Gen<string> Secrets = Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char["abc'\"\\/+ =&%$`\n\ré€"], 3, 12])
        .Select(text => text.Replace("*", "", StringComparison.Ordinal))
        .Where(text => text.Length >= SecretMask.ShortestSecret && !string.IsNullOrWhiteSpace(text));

    public static TheoryData<string> Forms() => new(
        Secret,
        JsonValue.Create(Secret).ToJsonString(),
        JsonValue.Create(JsonValue.Create(Secret).ToJsonString()).ToJsonString(),
        JsonEncodedTextOf(JavaScriptEncoder.UnsafeRelaxedJsonEscaping),
        "\"p'\\u00e1\\\"s/s+w rd\\\\&=<$1>!`\"",
        "\"p'\\u00e1\\\"s\\/s+w rd\\\\&=<$1>!`\"".Replace("\\u00e1", "á", StringComparison.Ordinal),
        Uri.EscapeDataString(Secret),
        Uri.EscapeDataString(Secret).ToLowerInvariant(),
        WebUtility.UrlEncode(Secret),
        new Uri("http://x/?q=" + Uri.EscapeDataString(Secret)).AbsoluteUri,
        // Python's quote, quote_plus and shlex.quote.
        "p%27%C3%A1%22s/s%2Bw%20rd%5C%26%3D%3C%241%3E%21%60",
        "p%27%C3%A1%22s%2Fs%2Bw+rd%5C%26%3D%3C%241%3E%21%60",
        "'p'\"'\"'á\"s/s+w rd\\&=<$1>!`'",
        "'p'\\''á\"s/s+w rd\\&=<$1>!`'",
        "\"p'á\\\"s/s+w rd\\\\&=<\\$1>!\\`\"",
        // Bash's printf %q.
        "p\\'á\\\"s/s+w\\ rd\\\\\\&=\\<\\$1\\>\\!\\`",
        PythonText.Representation(Secret),
        "b'p\\'\\xc3\\xa1\"s/s+w rd\\\\&=<$1>!`'",
        WebUtility.HtmlEncode(Secret),
        HtmlEncoder.Default.Encode(Secret),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"password\":\"" + Secret + "\",\"x\":1}")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + Secret)).Replace('+', '-').Replace('/', '_'));

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_found_in_the_forms_that_others_give_it(string form)
    {
        var masked = SecretMask.Of([Secret]).Apply($"before {form} after");

        Assert.Contains(SecretMask.Replacement, masked, StringComparison.Ordinal);
        Assert.StartsWith("before ", masked, StringComparison.Ordinal);
        Assert.EndsWith(" after", masked, StringComparison.Ordinal);
        foreach (var piece in (string[])["s/s", "w rd", "w+rd", "w%20rd", "cy9z", "s%2"])
        {
            Assert.DoesNotContain(piece, masked, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("nothing here", "nothing here")]
    [InlineData("hunter2", "*****")]
    [InlineData("xhunter2y hunter2", "x*****y *****")]
    [InlineData("hunter2hunter2", "*****")]
    [InlineData("hunter22 and hunter2", "***** and *****")]
    [InlineData("hunter2two!", "*****!")]
    [InlineData("Hunter2", "Hunter2")]
    public void The_longest_match_is_masked_and_matches_that_overlap_become_one(string text, string expected)
    {
        Assert.Equal(expected, SecretMask.Of(["hunter2", "hunter22", "2two"]).Apply(text));
    }

    [Fact]
    public void Every_text_and_number_among_the_secrets_is_masked_but_no_boolean_and_nothing_short()
    {
        var values = new ResolvedValues(
            Json.Map("""{"host":"visible","vault_token":"hvs.1","vault_role_secret":"rs-1"}"""),
            Json.Map(
                """{"s":{"a":"alpha","n":{"deep":["beta",4711,12.50]},"on":true,"none":null,"short":"ab","digit":7,"blank":"    "},"scalar":"gamma"}"""));

        var masked = SecretMask.For(values).Apply("alpha beta 4711 12.5 12.50 gamma hvs.1 rs-1 visible true True null None ab 7    .");

        Assert.Equal("***** ***** ***** ***** ***** ***** ***** ***** visible true True null None ab 7    .", masked);
    }

    [Fact]
    public void A_secret_of_many_lines_is_found_line_by_line()
    {
        var mask = SecretMask.Of(["-----BEGIN KEY-----\r\nMIIB1\n  MIIB2\n\n-----END KEY-----\n"]);

        Assert.Equal("line ***** and *****\n*****", mask.Apply("line MIIB1 and MIIB2\n-----END KEY-----"));
    }

    [Fact]
    public void JSON_is_masked_in_texts_keys_and_whole_numbers_and_the_original_stays()
    {
        var mask = SecretMask.Of(["hunter2", "4711"]);
        var output = Json.Map("""{"a":["x hunter2",4711,14711,true,null],"hunter2":1,"*****":2,"b":{"c":"d"}}""");
        var before = output.ToJsonString();

        Json.Same("""{"a":["x *****","*****",14711,true,null],"*****":1,"***** (2)":2,"b":{"c":"d"}}""", mask.Apply(output));
        Assert.Equal(before, output.ToJsonString());
    }

    [Fact]
    public void JSON_without_a_secret_comes_back_itself()
    {
        var output = Json.Map("""{"a":["x",1,null]}""");

        Assert.Same(output, SecretMask.Of(["hunter2"]).Apply(output));
        Assert.Null(SecretMask.Of(["hunter2"]).Apply((JsonNode?)null));
    }

    [Fact]
    public void A_map_that_cannot_be_read_is_masked_as_text()
    {
        Assert.Equal("""{"a":"*****","a":1}""", SecretMask.Of(["hunter2"]).Apply(Json.Of("""{"a":"hunter2","a":1}"""))!.GetValue<string>());
    }

    [Fact]
    public void With_nothing_to_mask_everything_comes_back_itself()
    {
        var text = "hunter2";
        var output = Json.Map("""{"a":"hunter2"}""");

        foreach (var mask in (SecretMask[])[SecretMask.None, SecretMask.Of(["", "ab", "  \n "]), SecretMask.For(ResolvedValues.Empty)])
        {
            Assert.True(mask.IsEmpty);
            Assert.Same(text, mask.Apply(text));
            Assert.Same(output, mask.Apply(output));
        }
    }

    [Fact]
    public void No_secret_is_left_in_any_text()
    {
        Gen.Select(Secrets.Array[1, 4], Gen.String.Array[1, 5], Gen.Int[0, 3].Array[1, 6]).Sample(
            (secrets, texts, order) =>
            {
                var text = string.Concat(order.Select((pick, i) => texts[i % texts.Length] + secrets[pick % secrets.Length]));

                var masked = SecretMask.Of(secrets).Apply(text);

                Assert.All(secrets, secret => Assert.DoesNotContain(secret, masked, StringComparison.Ordinal));
            },
            iter: 500);
    }

    [Fact]
    public void No_secret_is_left_in_any_JSON()
    {
        Gen.Select(Secrets, Json.Any, Gen.String).Sample(
            (secret, any, text) =>
            {
                var values = new ResolvedValues([], new JsonObject { ["s"] = new JsonObject { ["a"] = secret } });
                var node = new JsonObject
                {
                    ["any"] = any?.DeepClone(),
                    ["list"] = new JsonArray(text + secret, new JsonObject { [secret + text] = secret }),
                };

                Assert.All(
                    Texts(SecretMask.For(values).Apply(node)), found => Assert.DoesNotContain(secret, found, StringComparison.Ordinal));
            },
            iter: 500);
    }

    [Fact]
    public void No_secret_is_left_in_Base64_of_something_longer()
    {
        Gen.Select(Secrets.Where(secret => Encoding.UTF8.GetByteCount(secret) >= 8), Gen.String[0, 6], Gen.String[0, 6]).Sample(
            (secret, before, after) =>
            {
                var bytes = Encoding.UTF8.GetBytes(before + secret + after);
                var masked = SecretMask.Of([secret]).Apply(Convert.ToBase64String(bytes));

                // Whatever is left decodes to what stood before and after, less what shares a character with the secret.
                var left = masked.Split(SecretMask.Replacement)[0];
                Assert.True(masked != Convert.ToBase64String(bytes));
                Assert.True(left.Length * 6 / 8 <= Encoding.UTF8.GetByteCount(before));
            },
            iter: 500);
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => Texts(member.Value).Prepend(member.Key)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static string JsonEncodedTextOf(JavaScriptEncoder encoder) => $"\"{encoder.Encode(Secret)}\"";
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Toxics;

/// <summary>docs/network-faults.md says what the code says. <c>UPDATE_GOLDEN=1</c> writes its tables anew.</summary>
public sealed class ToxicPageTests
{
    private const string Attributes = "Attributes:";
    private static readonly string Root = FindRoot();
    private static readonly string File = Path.Combine(Root, "docs", "network-faults.md");
    private static readonly Lock Writing = new();

    public static TheoryData<string> Kinds => [.. ToxicKinds.All.Select(kind => kind.Name)];

    [Fact]
    public void The_page_has_each_kind_once_and_no_other() => Assert.Equal(
        ToxicKinds.All.Select(kind => kind.Name),
        Page().Where(line => line.StartsWith("### `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_page_has_the_attributes_of_each_kind_as_the_code_describes_them(string name)
    {
        string[] expected = [.. Described(ToxicKinds.Find(name)!)];
        lock (Writing)
        {
            var page = Page();
            var start = Array.FindIndex(
                page, Array.IndexOf(page, $"### `{name}`"), line => line.StartsWith(Attributes, StringComparison.Ordinal));
            var end = Array.FindIndex(page, start, line => line.StartsWith('#'));
            end = end < 0 ? page.Length : end - 1;
            if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            {
                System.IO.File.WriteAllLines(File, [.. page[..start], .. expected, .. page[end..]]);
            }
            else
            {
                Assert.Equal(expected, page[start..end]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_default_is_one_that_the_attribute_may_be(string name)
    {
        var kind = ToxicKinds.Find(name)!;
        Assert.NotNull(ToxicValues.Read(kind, null, null, out _));
        Assert.All(kind.Attributes, attribute => Assert.True(attribute.Allows(JsonNode.Parse(attribute.Default))));
        Assert.All(kind.Attributes, attribute => Assert.DoesNotMatch("default|in ms|[0-9] to [0-9]", attribute.Summary));
    }

    [Fact]
    public async Task The_program_on_the_page_is_this_one()
    {
        using var asked = new Upstream();
        var upstream = asked.Address;
        await using var server = new ProxyServer(new ProxyServerOptions { Seed = 42 });
        var proxy = await server.CreateAsync(new ProxyOptions("orders", "127.0.0.1:0", upstream));
        await proxy.AddToxicAsync(new ToxicOptions("latency")
        {
            Attributes = new JsonObject { ["latency"] = 200, ["jitter"] = 50 },
            Toxicity = 0.1,
            Ttl = TimeSpan.FromMinutes(1),
        });
        Assert.Equal("latency_downstream", Assert.Single(proxy.Toxics).Name);

        var program = Page().SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").Select(line => line.Trim());
        var here = System.IO.File
            .ReadAllLines(Path.Combine(Root, "tests", "Turbulence.Proxy.Tests", "Toxics", "ToxicPageTests.cs"))
            .Select(line => line.Trim())
            .ToHashSet();
        Assert.All(program, line => Assert.Contains(line, here));
    }

    private static IEnumerable<string> Described(ToxicKind kind)
    {
        if (kind.Attributes.Count == 0)
        {
            yield return $"{Attributes} none.";
            yield break;
        }

        yield return Attributes;
        yield return "";
        yield return "| attribute | type | unit | values | default | meaning |";
        yield return "|---|---|---|---|---|---|";
        foreach (var attribute in kind.Attributes)
        {
            yield return $"| `{attribute.Name}` | {attribute.Type.ToString().ToLowerInvariant()} | {attribute.Unit} | {Values(attribute)} | {attribute.Default.Trim('"')} | {attribute.Summary} |";
        }
    }

    private static string Values(ToxicAttribute attribute) => attribute.Type switch
    {
        ToxicAttributeType.Integer or ToxicAttributeType.Number => string.Create(
            CultureInfo.InvariantCulture,
            $"{attribute.Least:0.###}{(attribute.Most < 1L << 53 ? string.Create(CultureInfo.InvariantCulture, $" to {attribute.Most:0.###}") : " and more")}"),
        ToxicAttributeType.Choice => string.Join(", ", attribute.Choices),
        _ => "",
    };

    private static string[] Page() => System.IO.File.ReadAllLines(File);

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

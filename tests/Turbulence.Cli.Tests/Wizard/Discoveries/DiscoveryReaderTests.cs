using Turbulence.Cli.Wizard.Discoveries;

namespace Turbulence.Cli.Tests.Wizard.Discoveries;

public sealed class DiscoveryReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Section_13_the_activities_of_both_languages_become_providers()
    {
        Assert.True(DiscoveryReader.TryRead(folder.Write("d.json", SampleDiscovery.Text), out var document, out var problem), problem);
        Assert.Equal(("shop-chaos", 3), (document.Name, document.Unusable));
        Assert.Equal(["orders_wait", "close_shop", "file-exists", "Close"], document.Activities.Select(activity => activity.Name));
        Assert.Equal([true, false, true, false], document.Activities.Select(activity => activity.IsProbe));
        Assert.Equal("""{"type":"python","module":"shop.probes","func":"orders_wait"}""", document.Activities[0].Provider.ToJsonString());
        Assert.Equal(
            """{"type":"dotnet","assembly":"System.Runtime","class":"System.IO.File","method":"Exists"}""",
            document.Activities[2].Provider.ToJsonString());
        Assert.Equal(
            """{"type":"dotnet","assembly":"Shop.dll","class":"Shop.Doors","method":"Close"}""",
            document.Activities[3].Provider.ToJsonString());
        Assert.Equal("How many orders wait.", document.Activities[0].Explanation);
        Assert.Equal(
            ("integer", null, "boolean"),
            (document.Activities[0].ReturnType, document.Activities[1].ReturnType, document.Activities[2].ReturnType));
    }

    [Fact]
    public void Section_12_7_what_the_caller_fills_in_is_no_argument()
    {
        Assert.True(DiscoveryReader.TryRead(folder.Write("d.json", SampleDiscovery.Text), out var document, out var problem), problem);
        Assert.Equal(
            ["region", "limit", "labels", "prefix", "anything"], document.Activities[0].Arguments.Select(argument => argument.Name));
        Assert.Equal([true, false, false, false, true], document.Activities[0].Arguments.Select(argument => argument.IsRequired));
        Assert.Equal(["string", "integer", "mapping", "string", null], document.Activities[0].Arguments.Select(argument => argument.Type));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{ \"activities\": [ }", "is not JSON: ")]
    [InlineData("[]", "is no discovery document: it has no list of activities")]
    [InlineData("{ \"activities\": 5 }", "is no discovery document: it has no list of activities")]
    public void What_is_no_document_is_told_in_one_line(string text, string part)
    {
        Assert.False(DiscoveryReader.TryRead(folder.Write("d.json", text), out _, out var problem));
        Assert.Contains(part, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public void What_is_no_file_is_told_in_one_line()
    {
        Assert.False(DiscoveryReader.TryRead(folder["none.json"], out _, out var missing));
        Assert.Contains("cannot be read: ", missing, StringComparison.Ordinal);
        Assert.False(DiscoveryReader.TryRead(folder.Path, out _, out var directory));
        Assert.Contains("cannot be read: ", directory, StringComparison.Ordinal);
    }
}

using System.Text;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

public sealed class DocumentMapTests
{
    [Fact]
    public void A_part_of_it_knows_the_same_places_as_the_whole_and_above_what_was_left_out_the_next_one()
    {
        var whole = JsonDocumentReader.Read(Encoding.UTF8.GetBytes("""
            {
              "secrets": { "scope": { "key": "s" } },
              "method": [ { "name": "a" } ],
              "configuration": { "list": [ 1,
                2 ] }
            }
            """)).Map;
        var part = whole.Only("configuration", "secrets", "rollbacks");

        Assert.Same(whole.Root, part.Root);
        foreach (var path in (DocumentPath[])
            [
                DocumentPath.Root, DocumentPath.Root["secrets"], DocumentPath.Root["secrets"]["scope"]["key"],
                DocumentPath.Root["configuration"]["list"], DocumentPath.Root["configuration"]["list"][1],
            ])
        {
            Assert.Equal(whole.Find(path), part.Find(path));
        }

        Assert.Equal(new SourcePosition(5, 5), part.Find(DocumentPath.Root["configuration"]["list"][1]));
        Assert.Equal(new SourcePosition(3, 25), whole.Find(DocumentPath.Root["method"][0]["name"]));
        Assert.Equal(new SourcePosition(1, 1), part.Find(DocumentPath.Root["method"][0]["name"]));
        Assert.Null(part.Find(whole.Root!["method"]!));
    }

    [Fact]
    public void A_document_that_is_no_object_has_a_part_too()
    {
        var part = JsonDocumentReader.Read("[1]"u8).Map.Only("configuration");
        Assert.Equal(new SourcePosition(1, 1), part.Find(DocumentPath.Root));
        Assert.Null(new DocumentMap().Only("configuration").Find(DocumentPath.Root));
    }
}

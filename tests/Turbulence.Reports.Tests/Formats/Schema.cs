using System.Xml;
using System.Xml.Schema;

namespace Turbulence.Reports.Tests.Formats;

/// <summary>Holds XML against a schema beside the tests.</summary>
internal static class Schema
{
    private static readonly string Folder = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "Turbulence.Reports.Tests", "Schemas"));

    /// <summary>Fails with the first thing that is not as the schema says.</summary>
    public static void Hold(string xml, string schema)
    {
        var schemas = new XmlSchemaSet();
        using (var text = XmlReader.Create(Path.Combine(Folder, $"{schema}.xsd")))
        {
            schemas.Add(null, text);
        }

        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings | XmlSchemaValidationFlags.ProcessIdentityConstraints;
        settings.ValidationEventHandler += (_, told) => Assert.Fail($"{told.Message} in {xml[..Math.Min(xml.Length, 2000)]}");
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
        }
    }
}

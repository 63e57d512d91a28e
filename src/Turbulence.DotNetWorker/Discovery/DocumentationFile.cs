using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Turbulence.DotNetWorker.Discovery;

/// <summary>The documentation comments of an assembly, as the compiler writes them beside it.</summary>
internal sealed class DocumentationFile
{
    private readonly Dictionary<string, XElement> members = new(StringComparer.Ordinal);

    private DocumentationFile()
    {
    }

    /// <summary>The file beside an assembly; one without members where there is none that can be read.</summary>
    public static DocumentationFile Beside(Assembly assembly)
    {
        var file = new DocumentationFile();
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        try
        {
            foreach (var member in File.Exists(path) ? XDocument.Load(path).Descendants("member") : [])
            {
                file.members.TryAdd((string?)member.Attribute("name") ?? "", member);
            }
        }
        catch (Exception exception) when (exception is IOException or XmlException or UnauthorizedAccessException)
        {
            file.members.Clear();
        }

        return file;
    }

    /// <summary>A method's summary as one line, or null.</summary>
    public string? SummaryOf(MethodInfo method)
    {
        if (!members.TryGetValue(DocumentationId.Of(method), out var member) || member.Element("summary") is not { } summary)
        {
            return null;
        }

        var text = new StringBuilder();
        Append(text, summary);
        var words = text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(words.Value);
                    break;
                case XElement { HasElements: false, Value: "" } reference:
                    text.Append(NameIn(reference));
                    break;
                case XElement inner:
                    Append(text, inner);
                    break;
            }
        }
    }

    /// <summary>What a reference names: <c>see cref</c>, <c>see langword</c>, <c>paramref name</c>.</summary>
    private static string NameIn(XElement reference)
    {
        var name = (string?)reference.Attribute("cref")
            ?? (string?)reference.Attribute("langword")
            ?? (string?)reference.Attribute("name")
            ?? "";
        var plain = name.Split('(')[0];
        return plain[(plain.LastIndexOf('.') + 1)..];
    }
}

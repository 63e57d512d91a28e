using System.Text.Json;
using Turbulence.Resident.Contracts;

namespace Turbulence.Resident.Doors;

/// <summary>What is answered to an order, one line of JSON.</summary>
internal readonly struct Answer
{
    private readonly string? problem;
    private readonly Sight? sight;

    private Answer(string? problem, Sight? sight)
    {
        this.problem = problem;
        this.sight = sight;
    }

    public static Answer Done => default;

    public static Answer Refused(string problem) => new(problem, null);

    public static Answer Seen(Sight sight) => new(null, sight);

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (problem is not null)
            {
                json.WriteString("problem", problem);
            }

            if (sight is { } seen)
            {
                json.WriteBoolean("effective", seen.IsEffective);
                json.WriteString("text", seen.Text);
                if (seen.Hits is { } hits)
                {
                    json.WriteNumber("hits", hits);
                }

                if (seen.More is { } more)
                {
                    json.WritePropertyName("more");
                    more(json);
                }
            }

            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}

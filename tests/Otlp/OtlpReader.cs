/// <summary>Reads the requests of OTLP (opentelemetry-proto 1.x), independently of the SDK that writes them.</summary>
internal static class OtlpReader
{
    public static IEnumerable<ReceivedSpan> Spans(ReadOnlyMemory<byte> request) => Items(request).Select(item => Span(item.Fields));

    public static IEnumerable<ReceivedMetric> Metrics(ReadOnlyMemory<byte> request) => Items(request).Select(item => Metric(item.Fields));

    public static IEnumerable<ReceivedLog> Logs(ReadOnlyMemory<byte> request) => Items(request).Select(item => Log(item.Fields));

    /// <summary>The attributes of the program that sent a request.</summary>
    public static IReadOnlyDictionary<string, object?> Resource(ReadOnlyMemory<byte> request) =>
        Attributes(One(ProtoField.In(request)[0].Fields, 1).Fields, 1);

    private static IEnumerable<ProtoField> Items(ReadOnlyMemory<byte> request) => All(ProtoField.In(request), 1)
        .SelectMany(resource => All(resource.Fields, 2))
        .SelectMany(scope => All(scope.Fields, 2));

    private static ReceivedSpan Span(IReadOnlyList<ProtoField> fields)
    {
        var status = One(fields, 15).Fields;
        return new(
            One(fields, 1).Hex,
            One(fields, 2).Hex,
            One(fields, 4).Hex,
            One(fields, 5).Text,
            (int)One(fields, 6).Value,
            One(fields, 7).Value,
            One(fields, 8).Value,
            Attributes(fields, 9),
            [.. All(fields, 11).Select(static one => Event(one.Fields))],
            [.. All(fields, 13).Select(static one => Link(one.Fields))],
            (int)One(status, 3).Value,
            One(status, 2).Text);
    }

    private static ReceivedEvent Event(IReadOnlyList<ProtoField> fields) =>
        new(One(fields, 2).Text, One(fields, 1).Value, Attributes(fields, 3));

    private static ReceivedLink Link(IReadOnlyList<ProtoField> fields) =>
        new(One(fields, 1).Hex, One(fields, 2).Hex, Attributes(fields, 4));

    private static ReceivedMetric Metric(IReadOnlyList<ProtoField> fields)
    {
        // A gauge, a sum or a histogram.
        var of = fields.First(field => field.Number is 5 or 7 or 9);
        return new(
            One(fields, 1).Text,
            One(fields, 3).Text,
            [.. All(of.Fields, 1).Select(point => of.Number == 9
                ? new ReceivedPoint(0, One(point.Fields, 4).Value, One(point.Fields, 5).Real, Attributes(point.Fields, 9))
                : new ReceivedPoint(
                    point.Fields.Any(field => field.Number == 6) ? (long)One(point.Fields, 6).Value : One(point.Fields, 4).Real,
                    0,
                    0,
                    Attributes(point.Fields, 7)))]);
    }

    private static ReceivedLog Log(IReadOnlyList<ProtoField> fields) => new(
        One(fields, 1).Value,
        (int)One(fields, 2).Value,
        One(One(fields, 5).Fields, 1).Text,
        One(fields, 9).Hex,
        One(fields, 10).Hex,
        One(fields, 12).Text,
        Attributes(fields, 6));

    private static Dictionary<string, object?> Attributes(IReadOnlyList<ProtoField> fields, int number) =>
        All(fields, number).ToDictionary(one => One(one.Fields, 1).Text, one => Value(One(one.Fields, 2).Fields));

    private static object? Value(IReadOnlyList<ProtoField> any) => any switch
    {
        [] => null,
        [{ Number: 1 } text, ..] => text.Text,
        [{ Number: 2 } flag, ..] => flag.Value != 0,
        [{ Number: 3 } whole, ..] => (long)whole.Value,
        [{ Number: 4 } real, ..] => real.Real,
        [{ Number: 5 } list, ..] => string.Join("; ", All(list.Fields, 1).Select(one => Value(one.Fields))),
        _ => throw new InvalidDataException($"a value of kind {any[0].Number}"),
    };

    private static IEnumerable<ProtoField> All(IReadOnlyList<ProtoField> fields, int number) =>
        fields.Where(field => field.Number == number);

    private static ProtoField One(IReadOnlyList<ProtoField> fields, int number) => fields.FirstOrDefault(field => field.Number == number);
}
